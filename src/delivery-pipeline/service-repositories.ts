import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Evidence } from '../evidence/evidence';
import { Expectation } from '../evidence/expectation';
import { Requirement } from '../evidence/requirement';
import { ResourceCheck } from '../evidence/resource-check';
import type { ServiceModel } from './delivery-model';

const PULL_ACTIONS = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

export interface ServiceRepositoriesProps {
  readonly service: ServiceModel;
  readonly encryptionKey: IKey;
  /** Accounts other than the registry's whose clusters run the images. */
  readonly pullingAccounts: readonly string[];
}

/** Where the images of one service go, and beside it the cache of its builds, the only place where tags may move. */
export class ServiceRepositories extends Construct {
  public readonly images: ecr.Repository;
  public readonly cache: ecr.Repository;

  public constructor(scope: Construct, id: string, props: ServiceRepositoriesProps) {
    super(scope, id);
    const { service, encryptionKey, pullingAccounts } = props;
    const shared = {
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey,
      imageScanOnPush: true,
      emptyOnDelete: false,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.images = new ecr.Repository(this, 'Images', {
      ...shared,
      repositoryName: service.repository,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      lifecycleRules: [
        {
          description: 'uploads that no tag leads to',
          tagStatus: ecr.TagStatus.UNTAGGED,
          maxImageAge: Duration.days(14),
        },
        { description: 'the newest images stay', tagStatus: ecr.TagStatus.ANY, maxImageCount: 1000 },
      ],
    });
    this.cache = new ecr.Repository(this, 'Cache', {
      ...shared,
      repositoryName: service.cacheRepository,
      imageTagMutability: ecr.TagMutability.MUTABLE,
      lifecycleRules: [
        { description: 'replaced caches', tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(1) },
      ],
    });
    if (pullingAccounts.length > 0) {
      this.allowPull(pullingAccounts);
    }
    this.claim();
  }

  private allowPull(accounts: readonly string[]): void {
    this.images.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PullFromEnvironments',
        principals: accounts.map((account) => new iam.AccountPrincipal(account)),
        actions: PULL_ACTIONS,
      }),
    );
  }

  private claim(): void {
    const evidence = Evidence.of(this);
    const [images, cache] = [this.images, this.cache].map((it) => it.node.defaultChild as ecr.CfnRepository);
    const immutable = Expectation.equals('IMMUTABLE');
    evidence.claim(
      Requirement.IL_SEC_001,
      this,
      new ResourceCheck('a tag of an image never moves', images, ['ImageTagMutability'], immutable),
    );
    const encryption = ['EncryptionConfiguration', 'EncryptionType'];
    for (const repository of [images, cache]) {
      const check = new ResourceCheck('images are encrypted by KMS', repository, encryption, Expectation.equals('KMS'));
      evidence.claim(Requirement.DL_ENC_001, this, check);
    }
  }
}
