import { createHttpsClient, type HttpsClient } from '../../https-client.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import {
  type CertificateAuthority,
  type IssuedCertificate,
  makeCertificateAuthority,
} from '../certificates/certificates.ts';
import type { Address } from '../process/service.ts';
import { createNginx, type NginxService } from './nginx.ts';
import { type Answer, openWebBackend, type WebBackend } from './web-backend.ts';

/** Where nobody listens. */
export const NOBODY = { host: '127.0.0.1', port: 9 };

/** Two backends and what is needed to put load balancers of any configuration before them. */
export interface NginxStand {
  readonly keeper: Keeper;
  readonly authority: CertificateAuthority;
  readonly certificate: IssuedCertificate;
  readonly nodes: readonly [WebBackend, WebBackend];
  /** Not started. Default: before both backends. */
  create(values: Readonly<Record<string, string>>, webNodes?: readonly Address[]): Promise<NginxService>;
  start(values: Readonly<Record<string, string>>, webNodes?: readonly Address[]): Promise<NginxService>;
  /** A client that trusts it. */
  client(nginx: NginxService): HttpsClient;
  close(): Promise<void>;
}

/** `answerOf` says what each of the two backends answers. */
export async function openNginxStand(answerOf: (name: 'first' | 'second') => Answer): Promise<NginxStand> {
  const keeper = await openKeeper('test-nginx');
  const authority = await makeCertificateAuthority(keeper);
  const certificate = await authority.issue('web');
  const nodes = [await openWebBackend(answerOf('first')), await openWebBackend(answerOf('second'))] as const;
  const both = nodes.map(({ address }) => address);
  const create: NginxStand['create'] = (values, webNodes = both) =>
    createNginx(keeper, { certificate, webNodes, syslogNodes: [NOBODY], values });
  return {
    keeper,
    authority,
    certificate,
    nodes,
    create,
    async start(values, webNodes) {
      const nginx = await create(values, webNodes);
      await nginx.start();
      return nginx;
    },
    client: ({ url }) => createHttpsClient(url, authority.pem),
    async close() {
      await keeper.close();
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}
