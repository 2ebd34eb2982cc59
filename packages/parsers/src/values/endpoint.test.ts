import { expect, it } from 'vitest';
import { macOfDuid } from './duid.ts';
import { readEndpoint } from './endpoint.ts';
import { splitUrl } from './url.ts';

it.each([
  ['10.0.0.5:53', false, { ip: '10.0.0.5', port: '53' }],
  ['10.0.0.5', true, { ip: '10.0.0.5', port: undefined }],
  ['[2001:DB8::5]:53', false, { ip: '2001:db8::5', port: '53' }],
  ['[2001:db8::5]', false, { ip: '2001:db8::5', port: undefined }],
  // Without brackets only the writer's habit tells a port from a group.
  ['2001:db8::5:53', false, { ip: '2001:db8::5:53', port: undefined }],
  ['2001:db8::5:53', true, { ip: '2001:db8::5', port: '53' }],
  ['2001:0db8:0000:0000:0000:0000:0000:0005:443', false, undefined],
  ['2001:0db8:0000:0000:0000:0000:0000:0005:443', true, { ip: '2001:db8::5', port: '443' }],
  ['fw.example.net:53', true, undefined],
  ['', true, undefined],
])('endpoint %s, with a port: %s', (text, hasPort, expected) => expect(readEndpoint(text, hasPort)).toEqual(expected));

it.each([
  ['http://user:x@Www.Example.com:8080/a/b?c#d', 'http', 'www.example.com', '8080', '/a/b'],
  ['www.example.com:443', undefined, 'www.example.com', '443', undefined],
  ['[2001:db8::1]:443', undefined, '2001:db8::1', '443', undefined],
  ['/a?b', undefined, undefined, undefined, '/a'],
  ['https://example.com', 'https', 'example.com', undefined, undefined],
  ['', undefined, undefined, undefined, undefined],
])('URL %s', (url, scheme, host, port, path) => expect(splitUrl(url)).toEqual({ scheme, host, port, path }));

it.each([
  // RFC 8415 §11.2 and §11.4; of §11.3 and §11.5 no MAC can be known
  ['00:01:00:01:2b:0e:d1:c4:00:00:5e:00:53:23', '00-00-5E-00-53-23'],
  ['0003000100005e005323', '00-00-5E-00-53-23'],
  ['00:02:00:00:0d:e9:30:30:44:30', undefined],
  ['0004A34473BFC27FC55B25E86AF0E1761DAA', undefined],
  ['', undefined],
])('DUID %s', (duid, mac) => expect(macOfDuid(duid)).toBe(mac));
