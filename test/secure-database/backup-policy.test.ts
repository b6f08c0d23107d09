import { Duration, Token } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { BackupPolicy } from '../../src/secure-database/backup-policy';

test('keeps backups for 30 days in an unlocked vault by default', () => {
  const policy = BackupPolicy.daily();

  expect(policy.retention.toDays()).toBe(30);
  expect(policy.lockVault).toBe(false);
});

test.each([1, 35])('keeps backups for %d days', (days) => {
  expect(BackupPolicy.daily({ retention: Duration.days(days) }).retention.toDays()).toBe(days);
});

test.each([
  [Duration.days(0), "'retention' must be at least 1 day, got 0"],
  [Duration.hours(12), "'retention' must be at least 1 day, got 0.5"],
  [Duration.days(36), "'retention' must be at most 35 days, got 36"],
  [Duration.hours(36), "'retention' must be in whole days, got 1.5"],
])('fails with a retention of %s', (retention, message) => {
  expect(() => BackupPolicy.daily({ retention })).toThrow(message);
});

test('lets a retention through that is not known yet', () => {
  const retention = Duration.days(Token.asNumber({ Ref: 'Retention' }));

  expect(BackupPolicy.daily({ retention }).retention).toBe(retention);
});
