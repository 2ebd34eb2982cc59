/** Written into manifests and shown by `logmaster --version`. */
export const SOFTWARE = 'LogMaster 0.1.0';
