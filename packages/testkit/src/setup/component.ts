/** How a program that npm does not bring gets onto a bare Debian machine. */
export type Recipe =
  | { readonly kind: 'apt'; readonly packages: readonly string[] }
  /** Debian packages unpacked into `<cache>/<folder>` and not installed: they would push another package out. */
  | { readonly kind: 'unpacked'; readonly packages: readonly string[]; readonly folder: string }
  /** A zip from Maven Central unpacked into the cache; its one top folder becomes `folder`. */
  | { readonly kind: 'maven'; readonly artifact: string; readonly folder: string }
  /** Built by `go install`, into `<cache>/bin`. */
  | { readonly kind: 'go'; readonly module: string }
  /** A Go program of this folder, built into `<cache>/bin/<name of the folder>`. */
  | { readonly kind: 'go-program'; readonly folder: string };

/** A server or tool that tests, benchmarks or the cluster need. */
export interface Component {
  /** As people name it: `npm run setup:services redis`. */
  readonly name: string;
  readonly about: string;
  /**
   * All of these must be there. A bare name is a program looked for in PATH and the sbin folders, `cache:x` lies in the
   * services' cache, anything else is a path in which one segment may be `*`.
   */
  readonly needs: readonly string[];
  /** Carried out in this order. */
  readonly recipes: readonly Recipe[];
  /** Finds the test files that can't run without it. */
  readonly usedBy: RegExp;
}
