import { z } from 'zod';
import { apiPrefix, type Route } from './route.js';

/**
 * The OpenAPI 3.1 document of the declared routes, route by route: all at once take a tenth of a second.
 * `x-permission` says who may call each.
 * @param cookieName the cookie that holds the session.
 */
export function* describeApi(routes: readonly Route[], cookieName: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `${apiPrefix}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method] = describeRoute(route);
    yield undefined;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Suishen staff API', version: '1' },
    paths,
    components: {
      schemas: { Error: toJsonSchema(errorSchema, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookieName },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
      },
    },
  };
}

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
});

function describeRoute(route: Route) {
  const isMutation = route.method !== 'get';
  return {
    summary: route.summary,
    'x-permission': route.permission,
    ...(route.permission !== 'public' && route.account !== undefined && { 'x-account': route.account }),
    security: route.permission === 'public' ? [] : [{ session: [], ...(isMutation && { csrf: [] }) }],
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...(route.body && {
      requestBody: { required: true, content: jsonOf(toJsonSchema(route.body, 'input')) },
    }),
    responses: {
      ...describeSuccess(route),
      default: { description: 'Refused', content: jsonOf({ $ref: '#/components/schemas/Error' }) },
    },
  };
}

function describeSuccess(route: Route) {
  if (route.download) {
    const text = { schema: { type: 'string' } };
    const content = Object.fromEntries(route.download.map((type) => [type, text]));
    return { 200: { description: 'A file', content } };
  }
  if (!route.response) return { 204: { description: 'Done' } };
  const content = jsonOf(toJsonSchema(route.response, 'output'));
  return { [route.status ?? 200]: { description: 'Done', content } };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined) {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function jsonOf(schema: object) {
  return { 'application/json': { schema } };
}
