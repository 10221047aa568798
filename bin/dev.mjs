#!/usr/bin/env -S node --import tsx
// Runs src/ directly. The committed manifest is ignored, so that a new command is seen at once.
import { fileURLToPath } from 'node:url'
import { execute, settings } from '@oclif/core'
import { Plugin } from '@oclif/core/config'

process.env.NODE_ENV = 'development'
settings.debug = true
const root = fileURLToPath(new URL('..', import.meta.url))
const plugin = new Plugin({ root, isRoot: true, ignoreManifest: true })
await plugin.load()
await execute({ development: true, loadOptions: { root, plugins: new Map([[plugin.name, plugin]]) } })
