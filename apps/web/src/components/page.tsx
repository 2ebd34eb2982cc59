import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** Heading line and content of an ordinary page. */
export function Page({ title, actions, children }: PageProps) {
  return (
    <div className="scroll-slim h-full overflow-y-auto">
      <div className="mx-auto grid w-full max-w-[90rem] gap-5 px-4 py-5 md:px-6">
        <header className="flex min-h-9 flex-wrap items-center justify-between gap-3">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {actions}
        </header>
        {children}
      </div>
    </div>
  );
}
