// The library loads its charts with `require` at the place of use, because cdk8s costs a quarter of a second that an
// app without a cluster should not pay. Vitest runs TypeScript as ES modules, where a relative `require` cannot find
// a `.ts` file: this plugin turns each into an import of the same module.
const RELATIVE_REQUIRE = /\brequire\('(\.{1,2}\/[^']+)'\)/g;

export function hoistRequires() {
  return {
    name: 'hoist-requires',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !RELATIVE_REQUIRE.test(code)) {
        return undefined;
      }
      const imports = [];
      const body = code.replace(RELATIVE_REQUIRE, (_, path) => {
        imports.push(`import * as __required${imports.length} from '${path}';`);
        return `__required${imports.length - 1}`;
      });
      return { code: `${imports.join(' ')} ${body}`, map: null };
    },
  };
}
