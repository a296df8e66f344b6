// Makes Node.js 24 free buffers as soon as Node.js 22 does: https://github.com/nodejs/node/issues/61967
require('node:v8').setFlagsFromString('--scavenger-max-new-space-capacity-mb=8');
