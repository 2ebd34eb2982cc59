import path from 'node:path';
import { aptInstall, aptUnpack } from './apt.ts';
import { servicesCacheFolder } from './cache-folder.ts';
import type { Component, Recipe } from './component.ts';
import { goBuild, goInstall, mavenUnpack } from './other-sources.ts';
import { findProgram, missingParts } from './presence.ts';

export interface Outcome {
  readonly name: string;
  readonly state: 'present' | 'installed' | 'missing';
  readonly seconds: number;
  /** Why it is missing and how to go on. */
  readonly reason?: string;
}

/** Said of each component that is worked on, so that minutes do not pass in silence. */
export type Progress = (text: string) => void;

const NOT_ROOT = 'installing Debian packages needs root; ask an administrator to run npm run setup:services';
const NO_APT = 'this machine has no apt-get: install it by hand';

async function carryOut(recipe: Recipe): Promise<void> {
  switch (recipe.kind) {
    case 'apt':
      if (findProgram('apt-get') === undefined) throw new Error(NO_APT);
      if (process.getuid?.() !== 0) throw new Error(`${NOT_ROOT} (or: apt-get install ${recipe.packages.join(' ')})`);
      return aptInstall(recipe.packages);
    case 'unpacked':
      if (findProgram('apt-get') === undefined) throw new Error(NO_APT);
      return aptUnpack(recipe.packages, path.join(servicesCacheFolder(), recipe.folder));
    case 'maven':
      return mavenUnpack(recipe.artifact, recipe.folder);
    case 'go':
      return goInstall(recipe.module);
    case 'go-program':
      return goBuild(path.join(import.meta.dirname, recipe.folder));
  }
}

/** Installs what is missing of one component. Never throws: what can't be had is an outcome with its reason. */
async function ensure(component: Component, say: Progress): Promise<Outcome> {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  const { name } = component;
  if (missingParts(component).length === 0) return { name, state: 'present', seconds: seconds() };
  say(`${name}: installing (${component.about}) …`);
  try {
    for (const recipe of component.recipes) {
      // A recipe whose part is there already would change a machine that has it.
      if (recipe.kind === 'apt' || missingParts(component).length > 0) await carryOut(recipe);
    }
    const left = missingParts(component);
    if (left.length === 0) {
      say(`${name}: installed in ${seconds()} s`);
      return { name, state: 'installed', seconds: seconds() };
    }
    throw new Error(`after installing, ${left.join(', ')} is still not there`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`${name}: FAILED: ${reason}`);
    return { name, state: 'missing', seconds: seconds(), reason };
  }
}

/**
 * Installs what is missing, one component after the other, and starts none of them. May be repeated: what is there is
 * left alone.
 */
export async function installComponents(components: readonly Component[], say: Progress): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const component of components) outcomes.push(await ensure(component, say));
  return outcomes;
}
