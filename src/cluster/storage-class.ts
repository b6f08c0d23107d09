/** The storage class of our clusters: gp3 volumes under the customer key of the cluster. */
export const STORAGE_CLASS = 'platform';
