import { againstModel } from './against-model.ts';
import { pagesAndNumbers } from './pages-and-numbers.ts';
import { queryLanguage } from './query-language.ts';
import { scopeRules } from './scope.ts';
import type { MakeStore } from './test-store.ts';
import { writing } from './writing.ts';

/** What every SearchStore must do. Run once per engine. */
export function runConformance(makeStore: MakeStore): void {
  queryLanguage(makeStore);
  pagesAndNumbers(makeStore);
  scopeRules(makeStore);
  writing(makeStore);
  againstModel(makeStore);
}
