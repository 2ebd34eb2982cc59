import { type Entry, of } from '../entries.ts';
import { readAaa, readAdminLogin, readCommand } from '../sessions.ts';
import { says } from '../slots.ts';

const LOGIN = ['authentication', 'start', 'login', 'success'] as const;
const LOGIN_FAILED = ['authentication', 'start', 'login failed', 'failure'] as const;
const LOGOUT = ['authentication', 'end', 'logout'] as const;
const POLICY = ['authentication', 'info', 'group policy'] as const;
const CONFIGURATION = ['configuration', 'change', 'configuration'] as const;

/** Who signed in and what they changed: 109, 111, 113 (AAA), 199, 308, 315, 502, 504, 605, 606, 611, 772. */
export const ADMINISTRATION: readonly Entry[] = [
  of(
    '109001',
    says(['authentication', 'info', 'started'], 'Auth start for user {user} from {source} to {destination}'),
  ),
  of('109002', says(LOGIN_FAILED, 'Auth from {source} to {destination} failed ({reason}) on interface {in}')),
  of(
    '109005',
    says(LOGIN, 'Authentication succeeded for user {user} from {source} to {destination} on interface {in}'),
  ),
  of(
    '109006',
    says(LOGIN_FAILED, 'Authentication failed for user {user} from {source} to {destination} on interface {in}'),
  ),
  of(
    '109007',
    says(
      ['authentication', 'allowed', 'permitted', 'success'],
      'Authorization permitted for user {user} from {source} to {destination} on interface {in}',
    ),
  ),
  of(
    '109008',
    says(
      ['authentication', 'denied', 'denied', 'failure'],
      'Authorization denied for user {user} from {source} to {destination} on interface {in}',
    ),
  ),
  of('109011', says(LOGIN, 'Authen Session Start: user {user}, sid {session}')),
  of('109012', says(LOGOUT, 'Authen Session End: user {user}, sid {session}, elapsed {seconds} seconds')),
  of(
    '109023',
    says(
      ['authentication', 'denied', 'authentication needed'],
      'User from {source} to {destination} on interface {in} {reason}',
    ),
  ),
  of(
    '109024',
    says(
      ['authentication', 'denied', 'denied', 'failure'],
      'Authorization denied from {source} to {destination} ({reason}) on interface {in} using {protocol}',
    ),
  ),
  of(
    '109025',
    says(
      ['authentication', 'denied', 'denied', 'failure'],
      'Authorization denied (acl={rule}) for user {user} from {source} to {destination} on interface {in} using {protocol}',
    ),
  ),
  of(
    '109033 109034',
    says(
      LOGIN_FAILED,
      'Authentication failed for {account_kind} user {user} from {source} to {destination}. {reason}',
      'Authentication failed for {account_kind} user {user} from {source}. {reason}',
    ),
  ),
  of(
    '109201 109203 109204 109207 109208',
    says(
      ['authentication', 'info', 'uauth'],
      'UAUTH: Session={session}, User={user}, Assigned IP={assigned_ip}, {reason}',
    ),
  ),
  of(
    '111001 111002 111007',
    says(
      CONFIGURATION,
      'Begin configuration: {line} {command} device',
      'Begin configuration: {line} writing to {target}',
      'Begin configuration: {line} reading from {target}',
    ),
  ),
  of('111003', says(CONFIGURATION, '{line} Erase configuration')),
  of('111004 111005', says(CONFIGURATION, '{line} end configuration: {result}')),
  of('111008 111009 111010', readCommand),
  of('113003', says(POLICY, 'AAA group policy for user {user} is being set to {group}')),
  of('113004 113005 113012 113015 113016 113017', readAaa),
  of(
    '113006',
    says(
      ['authentication', 'denied', 'locked', 'failure'],
      'User {user} locked out on exceeding {attempts} successive failed authentication attempts',
      'User {user} locked out',
    ),
  ),
  of('113007', says(['authentication', 'change', 'unlocked'], 'User {user} unlocked by {administrator}')),
  of(
    '113008',
    says(['authentication', 'info', 'accept', 'success'], 'AAA transaction status ACCEPT[ ]: user = {user}'),
  ),
  of(
    '113009 113011',
    says(
      POLICY,
      'AAA retrieved default group policy {group} for user = {user}',
      'AAA retrieved user specific group policy {group} for user = {user}',
      'AAA retrieved default group policy {group} for user {user}',
      'AAA retrieved user specific group policy {group} for user {user}',
    ),
  ),
  of(
    '113010',
    says(['authentication', 'info', 'challenge'], 'AAA challenge received for user {user} from server {aaa_server}'),
  ),
  of('113013', says(LOGIN_FAILED, 'AAA unable to complete the request Error[ ]: reason = {reason}[ ]: user = {user}')),
  of(
    '113014',
    says(
      LOGIN_FAILED,
      'AAA authentication server not accessible[ ]: server = {aaa_server}: user = {user}',
      'AAA authentication server not accessible : server = {aaa_server} : user = {user}',
    ),
  ),
  of('113018', says(POLICY, 'User: {user}, Unsupported downloaded ACL Entry: {entry}, Action: {reason}')),
  of('113021', says(LOGIN_FAILED, 'Attempted console login failed. User {user} did {reason}')),
  of(
    '113022 113023',
    says(
      ['host', 'info', 'aaa server'],
      'AAA Marking {protocol} server {aaa_server} in aaa-server group {aaa_group} as {state}',
    ),
  ),
  of(
    '113042',
    says(
      ['network', 'denied', 'redirect filter'],
      'Non-HTTP connection from {source} to {destination} for user {user} at {client_ip} denied by redirect filter',
      'CoA: Non-HTTP connection from {source} to {destination} for user {user} at {client_ip} denied by redirect filter',
    ),
  ),
  of(
    '199001',
    says(
      ['host', 'change', 'reload'],
      'Reload command executed from Telnet (remote {source.ip})',
      'Reload command executed from {line}',
    ),
  ),
  of(
    '308001',
    says(
      LOGIN_FAILED,
      '{line} enable password incorrect for {attempts} tries (from {source.ip})',
      'PIX console enable password incorrect for {attempts} tries (from {source.ip})',
    ),
  ),
  of(
    '315011',
    says(
      LOGOUT,
      'SSH session from {source.ip} on interface {in} for user {user} disconnected by SSH server, reason: {reason}',
      'SSH session from {source.ip} on interface {in} for user {user} terminated normally',
      'SSH session from on interface {in} for user {user} disconnected by SSH server, reason: {reason}',
      'SSH session from on interface {in} for user {user} terminated normally',
    ),
  ),
  of(
    '315013',
    says(
      ['authentication', 'info', 'rekeyed'],
      'SSH session from {source.ip} on interface {in} for user {user} rekeyed successfully',
    ),
  ),
  of(
    '502101',
    says(
      ['configuration', 'creation', 'user added'],
      'New user added to local dbase: Uname: {user} Priv: {privilege}[ Encpass: {ignored}]',
    ),
  ),
  of(
    '502102',
    says(
      ['configuration', 'deletion', 'user deleted'],
      'User deleted from local dbase: Uname: {user} Priv: {privilege}[ Encpass: {ignored}]',
    ),
  ),
  of(
    '502103',
    says(
      ['authentication', 'change', 'privilege changed'],
      'User priv level changed: Uname: {user} From: {privilege_before} To: {privilege}',
    ),
  ),
  of(
    '502111 502112',
    says(
      ['configuration', 'change', 'group policy'],
      'New group policy added: name: {group} Type: {policy_type}',
      'Group policy deleted: name: {group} Type: {policy_type}',
    ),
  ),
  of(
    '504001 504002',
    says(
      ['configuration', 'change', 'security context'],
      'Security context {context} was {change} to the system',
      'Security context {context} was {change} from the system',
    ),
  ),
  of('605004 605005 611101 611102', readAdminLogin),
  of('606001', says(LOGIN, 'ASDM session number {session} from {source.ip} started')),
  of('606002', says(LOGOUT, 'ASDM session number {session} from {source.ip} ended')),
  of(
    '606003',
    says(
      ['authentication', 'info', 'logging session'],
      'ASDM logging session number {session} from {source.ip} started',
    ),
  ),
  of(
    '606004',
    says(['authentication', 'info', 'logging session'], 'ASDM logging session number {session} from {source.ip} ended'),
  ),
  of('611103', says(LOGOUT, 'User logged out: Uname: {user}')),
  of('611104', says(LOGOUT, '{reason} exceeded')),
  of(
    '772002 772003 772004',
    says(
      LOGIN_FAILED,
      'PASSWORD: {login_kind}, user {user}, IP {source.ip}, cause: {reason}',
      'PASSWORD: {login_kind}, user {user}, cause: {reason}',
    ),
  ),
];
