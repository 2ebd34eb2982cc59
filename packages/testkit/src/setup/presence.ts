import { accessSync, constants, globSync } from 'node:fs';
import path from 'node:path';
import { servicesCacheFolder } from './cache-folder.ts';
import type { Component } from './component.ts';

const SBIN = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function programFolders(): readonly string[] {
  return [...(process.env.PATH ?? '').split(path.delimiter), ...SBIN].filter((folder) => folder !== '');
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder may have it.
    return false;
  }
}

/** Full path of a program, looked for where Debian keeps programs and servers. */
export function findProgram(name: string): string | undefined {
  return programFolders()
    .map((folder) => path.join(folder, name))
    .find(canRun);
}

function isThere(need: string): boolean {
  if (need.startsWith('cache:')) return canRun(path.join(servicesCacheFolder(), need.slice('cache:'.length)));
  if (need.includes('/')) return globSync(need).length > 0;
  return findProgram(need) !== undefined;
}

/** What of a component is not on this machine; empty when all of it is. */
export function missingParts(component: Pick<Component, 'needs'>): readonly string[] {
  return component.needs.filter((need) => !isThere(need));
}
