import { Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CustomerKey } from '../security/customer-key';
import type { DeliveryModel } from './delivery-model';
import { ServiceRepositories } from './service-repositories';

export interface ImageRepositoriesProps {
  readonly model: DeliveryModel;
  readonly encryptionKey?: kms.IKey;
}

/** The repositories of all services under one key, open to the accounts that run the images. */
export class ImageRepositories extends Construct {
  public readonly encryptionKey: kms.IKey;
  private readonly services: ReadonlyMap<string, ServiceRepositories>;

  public constructor(scope: Construct, id: string, props: ImageRepositoriesProps) {
    super(scope, id);
    const { application, registry, services, environments } = props.model;
    this.encryptionKey = CustomerKey.orNew(this, 'Key', props.encryptionKey, `Images of ${application}`);

    const accounts = environments.map(({ place }) => place.account).filter((account) => account !== undefined);
    const pullingAccounts = [...new Set(accounts)].filter((account) => account !== registry.place.account);
    if (pullingAccounts.length > 0) {
      this.allowDecryption(pullingAccounts);
    }
    const { encryptionKey } = this;
    this.services = new Map(
      services.map((service) => [
        service.name,
        new ServiceRepositories(this, service.name, { service, encryptionKey, pullingAccounts }),
      ]),
    );
  }

  /** The repositories of images by service. */
  public get images(): ReadonlyMap<string, ecr.IRepository> {
    return new Map([...this.services].map(([name, { images }]) => [name, images]));
  }

  /** All of them, caches included. */
  public get arns(): string[] {
    return [...this.services.values()].flatMap(({ images, cache }) => [images.repositoryArn, cache.repositoryArn]);
  }

  private allowDecryption(accounts: readonly string[]): void {
    this.encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DecryptImagesInEnvironments',
        principals: accounts.map((account) => new iam.AccountPrincipal(account)),
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: {
          StringEquals: { 'kms:ViaService': `ecr.${Stack.of(this).region}.${Stack.of(this).urlSuffix}` },
        },
      }),
    );
  }
}
