// What importing the library costs an app that has loaded the AWS CDK already: node import.cjs
const { App, Stack } = require('aws-cdk-lib');
new Stack(new App(), 'Warm');
const { finish } = require('./usage.cjs');

const cpu = process.cpuUsage();
const cost = () => {
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
};
const library = require('..');
const doorMs = cost();
// exports load when they are asked for: the platform loads all others
const loaded = typeof library.AgenticPlatform === 'function';
finish({ doorMs, platformMs: loaded ? cost() : Number.NaN });
