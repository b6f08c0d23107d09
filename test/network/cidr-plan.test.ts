import { expect, test } from 'vitest';
import { CidrPlan } from '../../src/network/cidr-plan';

test('gives each owner the next free range', () => {
  const plan = new CidrPlan([{ owner: 'development' }, { owner: 'testing' }, { owner: 'staging' }]);

  expect(['development', 'testing', 'staging'].map((owner) => plan.of(owner))).toEqual([
    '10.0.0.0/16',
    '10.1.0.0/16',
    '10.2.0.0/16',
  ]);
});

test('keeps clear of ranges that were chosen, whatever the order', () => {
  const plan = new CidrPlan([{ owner: 'development' }, { owner: 'testing', cidr: '10.0.128.0/17' }]);

  expect(plan.of('development')).toBe('10.1.0.0/16');
});

test('fails when two ranges overlap, and names both', () => {
  const requests = [
    { owner: 'development', cidr: '10.0.0.0/16' },
    { owner: 'testing', cidr: '10.0.64.0/18' },
  ];

  expect(() => new CidrPlan(requests)).toThrow(
    "'cidr' of environment 'testing' must not overlap '10.0.0.0/16' of environment 'development', got '10.0.64.0/18'",
  );
});

test('fails for the range of the Kubernetes services', () => {
  expect(() => new CidrPlan([{ owner: 'development', cidr: '172.16.0.0/12' }])).toThrow(
    "'cidr' of environment 'development' must not overlap 172.20.0.0/16, where Kubernetes services live, got '172.16.0.0/12'",
  );
});

test('fails when no range is left', () => {
  const requests = [{ owner: 'big', cidr: '10.0.0.0/8' }, { owner: 'small' }];

  expect(() => new CidrPlan(requests)).toThrow(
    "'cidr' of environment 'small' must be given, because 10.0.0.0/8 has no free /16 left",
  );
});

test('fails for an owner that is not in the plan', () => {
  expect(() => new CidrPlan([]).of('production')).toThrow("'production' has no range in the plan");
});
