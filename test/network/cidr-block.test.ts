import { describe, expect, test } from 'vitest';
import { CidrBlock } from '../../src/network/cidr-block';

describe('parsing', () => {
  test.each(['10.0.0.0/16', '192.168.128.0/20', '0.0.0.0/0', '203.0.113.7/32'])('reads and prints %s', (text) => {
    expect(CidrBlock.parse(text).toString()).toBe(text);
  });

  test.each(['10.0.0.0', '10.0.0/16', '10.0.0.256/16', '10.0.0.0/33', 'ten', ''])('fails for %j', (text) => {
    expect(() => CidrBlock.parse(text)).toThrow(`'cidr' must be an IPv4 range such as '10.0.0.0/16', got '${text}'`);
  });

  test('fails when the range does not start at its network address', () => {
    expect(() => CidrBlock.parse('10.0.1.0/16')).toThrow(
      "'cidr' must start at its own network address, got '10.0.1.0/16'",
    );
  });
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.0.255.0/24', true],
  ['10.0.128.0/17', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.0.0/17', '10.0.128.0/17', false],
])('%s and %s overlap: %s', (one, other, overlaps) => {
  expect(CidrBlock.parse(one).overlaps(CidrBlock.parse(other))).toBe(overlaps);
  expect(CidrBlock.parse(other).overlaps(CidrBlock.parse(one))).toBe(overlaps);
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.0.240.0/20', true],
  ['10.0.240.0/20', '10.0.0.0/16', false],
  ['10.0.0.0/16', '10.1.0.0/20', false],
])('%s contains %s: %s', (one, other, contains) => {
  expect(CidrBlock.parse(one).contains(CidrBlock.parse(other))).toBe(contains);
});

test('falls into equal parts', () => {
  const block = CidrBlock.parse('10.8.0.0/16');

  expect([0, 1, 7].map((index) => block.part(19, index).toString())).toEqual([
    '10.8.0.0/19',
    '10.8.32.0/19',
    '10.8.224.0/19',
  ]);
});
