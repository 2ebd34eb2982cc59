import { visiblePieces } from '@/features/explorer/drawer/visible.ts';

/** Hostile text as text: nothing in it can act as markup, and what can't be seen is shown as a small glyph. */
export function VisibleText({ text }: { text: string }) {
  const pieces = visiblePieces(text);
  if (pieces.length === 1 && pieces[0]?.escaped === undefined) return <>{text}</>;
  return (
    <>
      {pieces.map((piece, index) =>
        piece.escaped === undefined ? (
          piece.text
        ) : (
          <span
            key={index}
            title={piece.escaped}
            className="mx-px rounded-sm bg-warn-soft px-0.5 font-mono text-[0.85em] text-warn"
          >
            {piece.text}
          </span>
        ),
      )}
    </>
  );
}
