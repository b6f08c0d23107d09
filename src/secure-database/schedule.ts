/**
 * When the services may work on a store, in UTC. The slots must not meet: AWS Backup takes no snapshot in a
 * maintenance window, nor in the hour before it or before the store's own backup.
 */
export class Schedule {
  /** The store's own backup, which point-in-time recovery starts from. */
  public static readonly NATIVE_BACKUP = '01:00-02:00';

  /** The snapshot by AWS Backup. */
  public static readonly SNAPSHOT = 'cron(0 3 * * ? *)';

  /** Upgrades and restarts. */
  public static readonly MAINTENANCE = 'sun:05:30-sun:06:30';

  private constructor() {}
}
