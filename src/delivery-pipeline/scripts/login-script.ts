import { script } from './script';

/** Opens the image registry to Docker, and to whatever reads Docker's credentials. */
export const LOGIN_SCRIPT = script(
  'Logs in to the image registry.',
  'login.sh APPLICATION',
  `
use_registry
aws ecr get-login-password --region "\${REGISTRY_REGION}" |
  docker login --username AWS --password-stdin "\${REGISTRY}"
`,
);
