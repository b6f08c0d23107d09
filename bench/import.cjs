// What importing the library costs an app that has loaded the AWS CDK already: node import.cjs
const { App, Stack } = require('aws-cdk-lib');
new Stack(new App(), 'Warm');
const { finish } = require('./usage.cjs');

const cpu = process.cpuUsage();
const start = performance.now();
require('..');
const { user, system } = process.cpuUsage(cpu);
finish({ importWallMs: performance.now() - start, importCpuMs: (user + system) / 1000 });
