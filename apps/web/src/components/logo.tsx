/** Lines of a log and the tick of a seal. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path d="M8 9.5h12M8 14.5h16M8 19.5h8" className="stroke-accent-ink" strokeWidth="2.6" strokeLinecap="round" />
      <path
        d="m18.5 22 2.8 2.8 4.7-5.3"
        fill="none"
        className="stroke-accent-ink"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
