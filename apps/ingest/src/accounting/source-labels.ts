/** Time series for senders; a network has more, and whoever forges addresses can make as many as there are. */
const MAX_LABELS = 50;
export const OTHER_LABEL = 'other';

/**
 * Which senders get a time series of their own: the first 50 that are among the largest. The choice stays, and a series
 * begins at 0 when its sender is chosen, so that no series ever falls, `other` included.
 */
export class SourceLabels {
  /** Address → what it had before it was chosen. */
  private readonly chosen = new Map<string, number>();
  private first = true;

  /** @param sources largest first. @param total of all. */
  series(sources: Iterable<{ readonly address: string; readonly seen: number }>, total: number): Map<string, number> {
    const series = new Map<string, number>();
    let named = 0;
    for (const { address, seen } of sources) {
      if (address === OTHER_LABEL) continue;
      if (!this.chosen.has(address)) {
        if (this.chosen.size >= MAX_LABELS) continue;
        // Nothing of it has been told as part of `other` before the first answer.
        this.chosen.set(address, this.first ? 0 : seen);
      }
      const value = Math.max(0, seen - (this.chosen.get(address) ?? 0));
      series.set(address, value);
      named += value;
    }
    this.first = false;
    series.set(OTHER_LABEL, total - named);
    return series;
  }
}
