import { expect, test } from 'vitest';
import { CidrBlock } from '../../src/network/cidr-block';
import { NetworkRange } from '../../src/network/network-range';

test.each(['10.0.0.0/16', '10.32.0.0/19', '10.0.16.0/20'])(
  'the subnets of %s lie within it and never overlap',
  (cidr) => {
    const range = NetworkRange.parse(cidr);

    const blocks = (['private', 'public', 'isolated'] as const)
      .flatMap((kind) => range.subnets(kind))
      .map((subnet) => CidrBlock.parse(subnet));

    expect(blocks).toHaveLength(9);
    expect(blocks.every((block) => range.block.contains(block))).toBe(true);
    expect(blocks.filter((one, index) => blocks.slice(index + 1).some((other) => one.overlaps(other)))).toEqual([]);
  },
);

test('lays subnets out as the AWS CDK does', () => {
  const range = NetworkRange.parse('10.2.0.0/16');

  expect(range.subnets('private')).toEqual(['10.2.0.0/19', '10.2.32.0/19', '10.2.64.0/19']);
  expect(range.subnets('public')).toEqual(['10.2.96.0/22', '10.2.100.0/22', '10.2.104.0/22']);
  expect(range.subnets('isolated')).toEqual(['10.2.108.0/22', '10.2.112.0/22', '10.2.116.0/22']);
});

test.each(['10.0.0.0/15', '10.0.0.0/21'])('fails for %s', (cidr) => {
  expect(() => NetworkRange.parse(cidr)).toThrow(
    `'cidr' must be between /16 and /20 to hold subnets for 3 zones, got '${cidr}'`,
  );
});
