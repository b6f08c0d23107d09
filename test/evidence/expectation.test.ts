import { expect, test } from 'vitest';
import { Expectation } from '../../src/evidence/expectation';

test.each([
  [Expectation.equals(true), true, true],
  [Expectation.equals(true), 'true', false],
  [Expectation.equals({ a: [1] }), { a: [1] }, true],
  [Expectation.equals({ a: [1] }), { a: [2] }, false],
  [Expectation.present(), 0, true],
  [Expectation.present(), undefined, false],
  [Expectation.present(), null, false],
  [Expectation.atLeast(30), 30, true],
  [Expectation.atLeast(30), '31', true],
  [Expectation.atLeast(30), 29, false],
  [Expectation.atLeast(30), undefined, false],
  [Expectation.includes('a', 'b'), ['b', 'c', 'a'], true],
  [Expectation.includes('a', 'b'), ['a'], false],
  [Expectation.includes('a'), 'a', false],
])('$text, given %j: %s', (expectation, actual, met) => {
  expect(expectation.isMetBy(actual)).toBe(met);
});

test('says what it wants', () => {
  expect(Expectation.equals(false).text).toBe('false');
  expect(Expectation.present().text).toBe('present');
  expect(Expectation.atLeast(30).text).toBe('at least 30');
  expect(Expectation.includes('a', 1).text).toBe('includes "a", 1');
});
