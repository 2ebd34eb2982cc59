// Only the types of browsers have it.
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
};

/** What a module that assembly/build.mjs wrote is compiled to, once a thread. */
const compiled = new Map<string, object>();

/** A new instance with memory of its own. @param code the module in base 64 */
export function instantiate<Exports>(code: string): Exports {
  const module = compiled.get(code) ?? new WebAssembly.Module(Buffer.from(code, 'base64'));
  compiled.set(code, module);
  return new WebAssembly.Instance(module).exports as Exports;
}
