import { type SearchResponse, searchParamsSchema } from '@logmaster/core/api/search';
import { toEcs } from '@logmaster/core/event/event';
import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { readParameters } from '../../../../server/rest/parameters.ts';
import { json } from '../../../../server/rest/respond.ts';
import { countRecords } from '../../../../server/services/search/count-records.ts';
import { mergeNotices } from '../../../../server/services/search/notices.ts';
import { searchPage } from '../../../../server/services/search/search-page.ts';
import { tookSince } from '../../../../server/services/search/search-query.ts';

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => {
    const began = performance.now();
    const parameters = readParameters(request, searchParamsSchema);
    const cancellable = { ...deps, signal: request.signal };
    const [page, total] = await Promise.all([
      searchPage(cancellable, user, parameters),
      countRecords(cancellable, user, parameters),
    ]);
    const answer: SearchResponse = {
      total: { value: total.value, exact: total.exact },
      records: page.events.map(toEcs),
      after: page.after,
      took_ms: tookSince(began),
      notices: mergeNotices(page.notices, total.notices),
    };
    return json(answer);
  });
}
