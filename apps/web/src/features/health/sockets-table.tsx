import type { SocketState } from '@logmaster/core/api/accounting';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/i18n/use-formats.ts';

const COLUMNS = ['socket', 'seen', 'journaled', 'dropped', 'kernelDrops', 'buffer', 'openConnections'] as const;
/** Columns that narrow screens have no room for. */
const HIDDEN: Readonly<Partial<Record<(typeof COLUMNS)[number], string>>> = {
  journaled: 'max-lg:hidden',
  kernelDrops: 'max-md:hidden',
  buffer: 'max-lg:hidden',
  openConnections: 'max-md:hidden',
};

/** The log ports: what came in, what was lost there, and what the kernel gave. */
export function SocketsTable({ sockets }: { sockets: readonly SocketState[] }) {
  const t = useTranslations('health');
  const { number, bytes } = useFormats();
  const none = <span className="text-faint">–</span>;
  return (
    <section className="grid gap-2">
      <div>
        <h2 className="font-semibold">{t('sockets')}</h2>
        <p className="text-muted text-xs">{t('socketsText')}</p>
      </div>
      <div className="scroll-slim relative overflow-x-auto rounded-xl border bg-surface">
        <table className="w-full border-collapse text-[0.8125rem]" data-testid="sockets-table">
          <thead className="bg-sunken text-muted text-xs">
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={`h-9 whitespace-nowrap px-3 font-medium first:pl-4 last:pr-4 ${column === 'socket' ? 'text-left' : 'text-right'} ${HIDDEN[column] ?? ''}`}
                >
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sockets.map((socket) => {
              const dropped = Object.values(socket.dropped).reduce((all, one) => all + one, 0);
              return (
                <tr key={socket.transport} className="h-9 border-t hover:bg-hover">
                  <td className="whitespace-nowrap px-3 pl-4">
                    {t(`transports.${socket.transport}`)}{' '}
                    <span className="font-mono text-muted text-xs">{socket.port}</span>
                  </td>
                  <td className="nums px-3 text-right">{number(socket.seen)}</td>
                  <td className="nums px-3 text-right max-lg:hidden">{number(socket.journaled)}</td>
                  <td className={`nums px-3 text-right ${dropped > 0 ? 'font-medium text-warn' : ''}`}>
                    {number(dropped)}
                  </td>
                  <td
                    className={`nums px-3 text-right max-md:hidden ${socket.kernel_drops ? 'font-medium text-warn' : ''}`}
                  >
                    {socket.kernel_drops === null ? none : number(socket.kernel_drops)}
                  </td>
                  <td className="nums px-3 text-right max-lg:hidden">
                    {socket.buffer_bytes === null ? none : bytes(socket.buffer_bytes)}
                  </td>
                  <td className="nums px-3 pr-4 text-right max-md:hidden">
                    {socket.connections === null ? none : number(socket.connections)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
