import { Token } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { SourceRepository } from '../../src/delivery-pipeline/source-repository';

test('builds the main branch by default', () => {
  const source = SourceRepository.github('acme/agents');

  expect(source.name).toBe('agents');
  expect(source.branch).toBe('main');
});

test('builds the branch that is asked for', () => {
  expect(SourceRepository.github('acme/agents', { branch: 'release/1.x' }).branch).toBe('release/1.x');
});

test.each(['agents', 'acme/', '/agents', 'acme/agents/api', 'acme/*', '*/agents', 'acme agents/x', ''])(
  "fails when the repository is '%s'",
  (repository) => {
    expect(() => SourceRepository.github(repository)).toThrow(`'repository' must be 'owner/name', got '${repository}'`);
  },
);

test.each(['', '*', 'release/*', 'two words'])("fails when the branch is '%s'", (branch) => {
  expect(() => SourceRepository.github('acme/agents', { branch })).toThrow(
    `'branch' must be the name of a branch, without wildcards, got '${branch}'`,
  );
});

test.each(['*', '', 'acme', '12*'])("fails when an id is '%s'", (id) => {
  expect(() => SourceRepository.github('acme/agents', { ownerId: id, repositoryId: '2' })).toThrow(
    `'ownerId' must be a numeric id, got '${id}'`,
  );
  expect(() => SourceRepository.github('acme/agents', { ownerId: '1', repositoryId: id })).toThrow(
    `'repositoryId' must be a numeric id, got '${id}'`,
  );
});

test('fails when only one of the ids is given', () => {
  const message = "'ownerId' and 'repositoryId' must be given together";

  expect(() => SourceRepository.github('acme/agents', { ownerId: '1' })).toThrow(message);
  expect(() => SourceRepository.github('acme/agents', { repositoryId: '2' })).toThrow(message);
});

test('fails when a value is a token', () => {
  const token = Token.asString({ Ref: 'Parameter' });

  expect(() => SourceRepository.github(token)).toThrow(
    "'repository' must be a literal, as pipeline files cannot hold tokens",
  );
  expect(() => SourceRepository.github('acme/agents', { branch: token })).toThrow("'branch' must be a literal");
  expect(() => SourceRepository.github('acme/agents', { ownerId: token, repositoryId: '2' })).toThrow(
    "'ownerId' must be a literal",
  );
});
