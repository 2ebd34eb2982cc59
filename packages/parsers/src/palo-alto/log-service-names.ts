import { first, ip, label, type Setter, text } from '../event/setters.ts';

/**
 * Names of the log service's fields → columns of the firewall's own rows (Strata Logging Service, formerly Cortex Data
 * Lake, "Log forwarding schema"). In CEF they begin with `PanOS`. Fields that stand for no column keep their names.
 */
const COLUMNS = `
DeviceSN serial
LogSourceID serial
DeviceName device_name
LogSourceName device_name
LogType type
Subtype subtype
SubType subtype
TimeReceived receive_time
LogTime receive_time
TimeGenerated time_generated
EventTime time_generated
TimeGeneratedHighResolution high_res_timestamp
SourceAddress src
SourceIP src
SourceIPv6 srcipv6
DestinationAddress dst
DestinationIP dst
NATSource natsrc
NATDestination natdst
Rule rule
RuleMatched rule
RuleUUID rule_uuid
RuleMatchedUUID rule_uuid
SourceUser srcuser
SourceUserName srcuser
DestinationUser dstuser
User user
AuthenticatedUserName user
NormalizeUser normalize_user
Application app
VirtualLocation vsys
VirtualSystem vsys
VirtualSystemID vsys_id
VirtualSystemName vsys_name
FromZone from
ToZone to
InboundInterface inbound_if
OutboundInterface outbound_if
LogSetting logset
SessionID sessionid
RepeatCount repeatcnt
CountOfRepeat repeatcnt
CountOfRepeats repeatcnt
SourcePort sport
DestinationPort dport
NATSourcePort natsport
NATDestinationPort natdport
Protocol proto
Action action
Bytes bytes
BytesSent bytes_sent
BytesReceived bytes_received
PacketsTotal packets
PacketsSent pkts_sent
PacketsReceived pkts_received
SessionStartTime start
SessionDuration elapsed
URLCategory category
SequenceNo seqno
SessionEndReason session_end_reason
DGHierarchyLevel1 dg_hier_level_1
DGHierarchyLevel2 dg_hier_level_2
DGHierarchyLevel3 dg_hier_level_3
DGHierarchyLevel4 dg_hier_level_4
ActionSource action_source
ParentSessionID parent_session_id
Tunnel tunnel
EndpointAssociationID assoc_id
ChunksTotal chunks
ChunksSent chunks_sent
ChunksReceived chunks_received
HTTP2Connection http2_connection
LinkChangeCount link_change_count
DynamicUserGroup dynusergroup_name
DynamicUserGroupName dynusergroup_name
X-Forwarded-For xff
X-Forwarded-ForIP xff_ip
SourceDeviceHost src_host
SourceDeviceMac src_mac
DestinationDeviceHost dst_host
DestinationDeviceMac dst_mac
FileName misc
URL misc
ThreatID threatid
VendorSeverity severity
Severity severity
DirectionOfAttack direction
FileHash filedigest
FileType filetype
UserAgent user_agent
UserAgentString user_agent
HTTPMethod http_method
Referer referer
ThreatCategory thr_category
ReportID reportid
ServerNameIndication sni
Fingerprint fingerprint
ErrorMessage error
EventName eventid
EventIDValue eventid
EventID eventid
EventComponent object
EventDescription opaque
Stage stage
AuthMethod auth_method
TunnelType tunnel_type
SourceRegion srcregion
EndpointDeviceName machinename
PublicIPv4 public_ip
PublicIPv6 public_ipv6
PrivateIPv4 private_ip
PrivateIPv6 private_ipv6
HostID hostid
EndpointSN serialnumber
EndpointSerialNumber serialnumber
GlobalProtectClientVersion client_ver
EndpointOSType client_os
EndpointOSVersion client_os_ver
ConnectionError error
Description opaque
EventStatus status
GlobalProtectGatewayLocation location
LoginDuration login_duration
ConnectionMethod connect_method
ConnectionErrorID error_code
Portal portal
Gateway gateway
HipMatchName matchname
HipMatchType matchtype
MappingDataSource datasourcename
MappingDataSourceType datasource_type
MappingTimeout timeout
TagName tag_name
AuthServerProfile serverprofile
AuthenticationPolicy authpolicy
AuthenticationDescription desc
AuthEvent event
ClientType clienttype
ClientTypeName clienttype
MFAVendor vendor
Administrator admin
AdminUserName admin
ManagementClientType client
EventCommand cmd
EventResult result
ConfigurationPath path
`;

export const LOG_SERVICE_COLUMNS: ReadonlyMap<string, string> = new Map(
  COLUMNS.trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
);

/** `US`, a range of private addresses, or the name of a group of users. */
const place =
  (side: 'source' | 'destination'): Setter =>
  (draft, value) => {
    if (/^[A-Z]{2}$/.test(value)) draft.text(`${side}.geo.country_iso_code`, value);
    else if (!/^[\da-f]{0,4}[.:]/i.test(value)) draft.label(side === 'source' ? 'srcloc' : 'dstloc', value);
  };
const question: Setter = (draft, value) => draft.text('dns.question.type', value.toUpperCase());

/** Fields that no row has a column for. */
export const LOG_SERVICE_FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['SourceLocation', place('source')],
  ['DestinationLocation', place('destination')],
  ['DNSResolverIP', first('destination.ip', ip('destination.ip'))],
  ['RecordType', question],
  ['DNSRequestType', question],
  ['DNSRequest', text('dns.question.name')],
  ['DomainName', text('dns.question.name')],
  ['FQDN', text('dns.question.name')],
  ['DNSCategory', text('rule.category')],
  ['DNSResponse', label('dns_response')],
  ...['SourceUserDomain', 'AuthenticatedUserDomain', 'sntdom'].map(
    (name) => [name, first('user.domain', text('user.domain'))] as const,
  ),
  ['DNSThreatName', text('event.reason')],
  ['ThreatNameFirewall', label('threat_name')],
  // The vendor's own marks of the record.
  ...['VendorName', 'ProfileToken', 'dtz', 'ConfigVersion', 'LogSource', 'LogExported', 'LogForwarded'].map(
    (name) => [name, () => undefined] as const,
  ),
]);
