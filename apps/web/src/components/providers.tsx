'use client';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import { leaveWhenSignedOut } from '@/components/errors.ts';
import { ToastProvider } from '@/components/toast.tsx';
import { TRPCProvider } from '@/components/trpc.ts';
import { TooltipProvider } from '@/components/ui/tooltip.tsx';
import type { AppRouter } from '@/server/router.ts';

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: false },
      mutations: { onError: leaveWhenSignedOut },
    },
  });
}

function makeClient() {
  const options = { url: '/api/trpc', transformer: superjson };
  // Searches go alone: in a batch the first rows would wait for the slowest facet, and none could be cancelled.
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'query' && !/^(search|evidence)\./.test(operation.path),
        true: httpBatchLink(options),
        false: httpLink(options),
      }),
    ],
  });
}

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // The library behind dialogs (get-nonce) reads this name for the style element that locks scrolling.
  useState(() => Object.assign(globalThis, { __webpack_nonce__: nonce }));
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <TooltipProvider delayDuration={350}>
          <ToastProvider>{children}</ToastProvider>
        </TooltipProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
