// Generated from schemas/ by `npm run generate:types`. Do not edit.
// @ts-nocheck
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
"use strict";
