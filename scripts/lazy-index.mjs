// Part of the compilation: the door of the library loads a module when something in it is asked for, not before. Who
// imports one construct does not pay for the others.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.mjs';

const path = join(ROOT, 'lib', 'index.js');
const EAGER = /^var (\w+) = (require\("[^"]+"\));\nObject\.defineProperty\(exports, ("\w+"), .*return \1\..*$/gm;

// Node finds the names for ES modules in the compiler's `exports.A = exports.B = void 0`, and would drop those whose
// getter it sees but cannot read: a function hides the getters from it
const DEFINE =
  'const lazy = (name, load) => Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });';

const compiled = readFileSync(path, 'utf-8');
const lazy = compiled.replace(EAGER, 'lazy($3, () => $2);').replace(/^(exports\..* = void 0;)$/m, `$1\n${DEFINE}`);
if (/^var \w+ = require/m.test(lazy) || !lazy.includes(DEFINE) || !/^lazy\(/m.test(lazy)) {
  console.error(`${path} does not look as the compiler used to write it: some exports would be loaded at once`);
  process.exit(1);
}
writeFileSync(path, lazy);
