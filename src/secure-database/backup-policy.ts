import { Duration } from 'aws-cdk-lib';

/** Point-in-time recovery of RDS and of DocumentDB reaches no further. */
const LONGEST_RETENTION_DAYS = 35;

/** Options of a daily backup. */
export interface DailyBackupOptions {
  /**
   * How long a backup is kept, in whole days from 1 to 35. Point-in-time recovery reaches back as far.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * Locks the vault in governance mode: nobody without a special permission shortens the life of a backup.
   *
   * @default false
   */
  readonly lockVault?: boolean;
}

/** When a database is backed up, and for how long. */
export class BackupPolicy {
  /**
   * A snapshot at 03:00 UTC each day, beside point-in-time recovery.
   *
   * @param options how long backups are kept, and how firmly
   * @throws if the retention is not in whole days or out of range
   */
  public static daily(options: DailyBackupOptions = {}): BackupPolicy {
    const retention = options.retention ?? Duration.days(30);
    if (!retention.isUnresolved()) {
      requireDays(retention.toDays({ integral: false }));
    }
    return new BackupPolicy(retention, options.lockVault ?? false);
  }

  /**
   * @param retention How long a backup is kept.
   * @param lockVault Whether the vault is locked in governance mode.
   */
  private constructor(
    public readonly retention: Duration,
    public readonly lockVault: boolean,
  ) {}
}

function requireDays(days: number): void {
  if (days < 1) {
    throw new Error(`'retention' must be at least 1 day, got ${days}`);
  }
  if (days > LONGEST_RETENTION_DAYS) {
    throw new Error(`'retention' must be at most ${LONGEST_RETENTION_DAYS} days, got ${days}`);
  }
  if (!Number.isInteger(days)) {
    throw new Error(`'retention' must be in whole days, got ${days}`);
  }
}
