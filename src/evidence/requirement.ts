/** Something the platform has to fulfil, and that constructs claim with a check on the synthesized output. */
export class Requirement {
  /** Containers run on an orchestrator that scales with load. */
  public static readonly IL_SCALE_001 = Requirement.of(
    'SWREQ-IL-SCALE-001',
    'Containers on an orchestrator that scales with load',
  );
  /** The platform survives the loss of a zone, and load is balanced. */
  public static readonly IL_HA_001 = Requirement.of('SWREQ-IL-HA-001', 'High availability across zones, load balanced');
  /** There is compute for containerised services. */
  public static readonly IL_COMP_001 = Requirement.of('SWREQ-IL-COMP-001', 'Compute for containerised services');
  /** Environments are isolated, networks secured, and identities have least privilege. */
  public static readonly IL_SEC_001 = Requirement.of(
    'SWREQ-IL-SEC-001',
    'Isolated environments, network security, least privilege',
  );
  /** There are metrics, logs, dashboards and alerts. */
  public static readonly IL_MON_001 = Requirement.of('SWREQ-IL-MON-001', 'Metrics, logs, dashboards and alerts');
  /** There are relational and document stores with their initial schemas. */
  public static readonly DL_STORE_001 = Requirement.of(
    'SWREQ-DL-STORE-001',
    'Relational and document stores with initial schemas',
  );
  /** Data is encrypted at rest and in transit. */
  public static readonly DL_ENC_001 = Requirement.of('SWREQ-DL-ENC-001', 'Encryption at rest and in transit');
  /** Access is role-based, and only authorised services connect. */
  public static readonly DL_ACC_001 = Requirement.of(
    'SWREQ-DL-ACC-001',
    'Role-based access for authorised services only',
  );
  /** Backups are taken daily and kept. */
  public static readonly DL_BACK_001 = Requirement.of('SWREQ-DL-BACK-001', 'Automated daily backups with retention');
  /** Internal APIs authenticate callers by JWT. */
  public static readonly BE_AUTH_001 = Requirement.of('SWREQ-BE-AUTH-001', 'JWT authentication for internal APIs');

  /**
   * A requirement from another catalogue.
   *
   * @param id the identifier, unique within the catalogue
   * @param title what is required, in a few words
   */
  public static of(id: string, title: string): Requirement {
    return new Requirement(id, title);
  }

  /**
   * @param id The identifier, for instance `SWREQ-DL-ENC-001`.
   * @param title What is required, in a few words.
   */
  private constructor(
    public readonly id: string,
    public readonly title: string,
  ) {}

  /** The identifier. */
  public toString(): string {
    return this.id;
  }
}

/** The catalogue that the platform answers; what nobody claims is reported. */
export const REQUIREMENTS: readonly Requirement[] = [
  Requirement.IL_SCALE_001,
  Requirement.IL_HA_001,
  Requirement.IL_COMP_001,
  Requirement.IL_SEC_001,
  Requirement.IL_MON_001,
  Requirement.DL_STORE_001,
  Requirement.DL_ENC_001,
  Requirement.DL_ACC_001,
  Requirement.DL_BACK_001,
  Requirement.BE_AUTH_001,
];
