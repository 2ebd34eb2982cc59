import { describe, expect, it } from 'vitest';
import { GET as getOpenApi } from '../../app/api/v1/openapi.json/route.ts';
import type { RouterRig } from '../testing/router-rig.ts';

export function openApiCases(rig: () => RouterRig): void {
  describe('OpenAPI', () => {
    it('describes itself: every reference of the OpenAPI document leads somewhere', async () => {
      const document = await (await getOpenApi(rig().request('/api/v1/openapi.json', null))).json();
      expect(document.openapi).toBe('3.1.0');
      expect(Object.keys(document.paths).sort()).toEqual(
        [
          'assets',
          'assets/{id}',
          'coverage',
          'devices',
          'devices/{id}/coverage',
          'health',
          'identity-events',
          'live',
          'parsers',
          'parsers/try',
          'parsers/{name}',
          'parsers/{name}/activate',
          'parsers/{name}/deactivate',
          'parsers/{name}/versions',
          'pipeline',
          'ready',
          'search',
        ].map((name) => `/api/v1/${name}`),
      );
      expect(document.components.schemas.ParserDefinition.oneOf[0].required).toEqual([
        'kind',
        'name',
        'applies_to',
        'patterns',
      ]);
      expect(document.components.schemas.SaveParser.required).toEqual(['definition']);
      const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
        (path) => Object.values(path).map(({ operationId }) => operationId),
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(document.paths['/api/v1/identity-events'].post.requestBody.content['application/json']).toEqual({
        schema: { $ref: '#/components/schemas/IdentityEvents' },
      });
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
        ([, reference]) => reference ?? '',
      );
      expect(references.length).toBeGreaterThan(5);
      for (const reference of references) {
        const place = reference
          .replace('#/', '')
          .split('/')
          .reduce((node, key) => node?.[key], document);
        expect([reference, typeof place]).toEqual([reference, 'object']);
      }
      const names = document.paths['/api/v1/search'].get.parameters.map(({ name }: { name: string }) => name);
      expect(names).toEqual(['q', 'from', 'to', 'size', 'after']);
    });
  });
}
