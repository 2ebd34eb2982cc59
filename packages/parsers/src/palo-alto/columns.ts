/**
 * Columns of PAN-OS' syslog rows by log type, in the names of the vendor's documentation ("Syslog Field Descriptions",
 * PAN-OS 8.1 to 11.1). A new version appends columns and moves none, so one list serves all; old rows end earlier.
 * `-` is a column the vendor keeps for future use.
 */
const HEAD = '- receive_time serial type subtype - time_generated';
const SESSION =
  'src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if outbound_if logset - sessionid repeatcnt ' +
  'sport dport natsport natdport flags proto action';
const GROUPS = 'dg_hier_level_1 dg_hier_level_2 dg_hier_level_3 dg_hier_level_4 vsys_name device_name';
const SOURCE_DEVICE = 'src_category src_profile src_model src_vendor src_osfamily src_osversion src_host src_mac';
const DEVICES = `${SOURCE_DEVICE} dst_category dst_profile dst_model dst_vendor dst_osfamily dst_osversion dst_host dst_mac`;
const CONTAINER = 'container_id pod_namespace pod_name src_edl dst_edl';
const APPLICATION =
  'subcategory_of_app category_of_app technology_of_app risk_of_app characteristic_of_app container_of_app ' +
  'tunneled_app is_saas_of_app sanctioned_state_of_app';

const TRAFFIC =
  `${SESSION} bytes bytes_sent bytes_received packets start elapsed category - seqno actionflags srcloc dstloc - ` +
  `pkts_sent pkts_received session_end_reason ${GROUPS} action_source src_uuid dst_uuid tunnelid monitortag ` +
  'parent_session_id parent_start_time tunnel assoc_id chunks chunks_sent chunks_received rule_uuid ' +
  'http2_connection link_change_count policy_id link_switches sdwan_cluster sdwan_device_type sdwan_cluster_type ' +
  `sdwan_site dynusergroup_name xff_ip ${DEVICES} ${CONTAINER} hostid serialnumber src_dag dst_dag session_owner ` +
  `high_res_timestamp nssai_sst nssai_sd ${APPLICATION} offloaded flow_type cluster_name`;

const THREAT =
  `${SESSION} misc threatid category severity direction seqno actionflags srcloc dstloc - contenttype pcap_id ` +
  'filedigest cloud url_idx user_agent filetype xff referer sender subject recipient reportid ' +
  `${GROUPS} - src_uuid dst_uuid http_method tunnelid monitortag parent_session_id parent_start_time tunnel ` +
  'thr_category contentver - assoc_id ppid http_headers url_category_list rule_uuid http2_connection ' +
  `dynusergroup_name xff_ip ${DEVICES} ${CONTAINER} hostid serialnumber domain_edl src_dag dst_dag partial_hash ` +
  `high_res_timestamp reason justification nssai_sst ${APPLICATION} cloud_reportid cluster_name flow_type`;

const DECRYPTION =
  `${SESSION} tunnel - - src_uuid dst_uuid rule_uuid hs_stage_c2f hs_stage_f2s tls_version tls_keyxchg tls_enc ` +
  'tls_auth policy_name ec_curve err_index root_status chain_status proxy_type cert_serial fingerprint notbefore ' +
  'notafter cert_ver cert_size cn_len issuer_len rootcn_len sni_len cert_flags cn issuer_cn root_cn sni error ' +
  `${CONTAINER} src_dag dst_dag high_res_timestamp ${DEVICES} seqno actionflags ${GROUPS} vsys_id ${APPLICATION}`;

const TUNNEL =
  `${SESSION} severity seqno actionflags srcloc dstloc ${GROUPS} tunnelid monitortag parent_session_id ` +
  'parent_start_time tunnel bytes bytes_sent bytes_received packets pkts_sent pkts_received max_encap unknown_proto ' +
  'strict_check tunnel_fragment sessions_created sessions_closed session_end_reason action_source start elapsed ' +
  'tunnel_insp_rule remote_user_ip remote_user_id rule_uuid pcap_id dynusergroup_name src_edl dst_edl ' +
  'high_res_timestamp nssai_sd nssai_sst pdu_session_id subcategory_of_app category_of_app technology_of_app ' +
  'risk_of_app characteristic_of_app container_of_app is_saas_of_app sanctioned_state_of_app';

const GTP =
  `${SESSION} gtp_event_type msisdn apn rat gtp_msg_type end_user_ip teid1 teid2 gtp_interface gtp_cause severity mcc ` +
  `mnc area_code cell_id gtp_event_code - - srcloc dstloc${' -'.repeat(7)} imsi imei${' -'.repeat(16)} start elapsed ` +
  `tunnel_insp_rule remote_user_ip remote_user_id rule_uuid pcap_id high_res_timestamp nssai_sst nssai_sd`;

/** One column more before the protocol than other sessions have. */
const SCTP =
  `${SESSION.replace('flags', 'flags -')} ${GROUPS} seqno - assoc_id ppid severity sctp_chunk_type - verif_tag1 verif_tag2 sctp_cause_code ` +
  'diam_app_id diam_cmd_code diam_avp_code stream_id session_end_reason op_code sccp_calling_ssn sccp_calling_gt ' +
  'sctp_filter chunks chunks_sent chunks_received packets pkts_sent pkts_received rule_uuid high_res_timestamp';

const SYSTEM = `vsys eventid object - - module severity opaque seqno actionflags ${GROUPS} - - high_res_timestamp`;

const CONFIG_TAIL = `seqno actionflags ${GROUPS} dg_id comment - high_res_timestamp`;
const CONFIG_CHANGE = 'host vsys cmd admin client result path';
/** The default order: details of the change only stand at its end, since PAN-OS 10.1. */
const CONFIG = `${CONFIG_CHANGE} ${CONFIG_TAIL} before_change_detail after_change_detail`;
/** The documented order, written by custom formats and Panorama. */
const CONFIG_DETAILED = `${CONFIG_CHANGE} before_change_detail after_change_detail ${CONFIG_TAIL}`;

const GLOBALPROTECT =
  'vsys eventid stage auth_method tunnel_type srcuser srcregion machinename public_ip public_ipv6 private_ip ' +
  'private_ipv6 hostid serialnumber client_ver client_os client_os_ver repeatcnt reason error opaque status location ' +
  'login_duration connect_method error_code portal seqno actionflags high_res_timestamp selection_type ' +
  `response_time priority attempted_gateways gateway ${GROUPS} vsys_id`;

const USERID =
  'vsys ip user datasourcename eventid repeatcnt timeout beginport endport datasource datasourcetype seqno ' +
  `actionflags ${GROUPS} vsys_id factortype factorcompletiontime factorno ugflags userbysource tag_name ` +
  'high_res_timestamp origindatasource cluster_name';

const IPTAG =
  'vsys ip tag_name eventid repeatcnt timeout datasourcename datasource_type datasource_subtype seqno actionflags ' +
  `${GROUPS} vsys_id high_res_timestamp`;

const HIPMATCH =
  `srcuser vsys machinename os src matchname repeatcnt matchtype - - seqno actionflags ${GROUPS} vsys_id srcipv6 ` +
  'hostid serialnumber mac high_res_timestamp cluster_name';

const AUTHENTICATION =
  'vsys ip user normalize_user object authpolicy repeatcnt authid vendor logset serverprofile desc clienttype event ' +
  `factorno seqno actionflags ${GROUPS} vsys_id authproto rule_uuid high_res_timestamp ${SOURCE_DEVICE} region - ` +
  'user_agent sessionid cluster_name';

const CORRELATION = `src srcuser vsys category severity ${GROUPS} vsys_id objectname object_id evidence`;

const columns = (names: string): readonly string[] => `${HEAD} ${names}`.split(' ');

export const CONFIG_WITH_DETAILS = columns(CONFIG_DETAILED);

/** By the fourth column. Tunnel inspection has two words of its own there; `HIP-MATCH` and `TUNNEL` are old spellings. */
export const COLUMNS_BY_TYPE: ReadonlyMap<string, readonly string[]> = new Map([
  ['TRAFFIC', columns(TRAFFIC)],
  ['THREAT', columns(THREAT)],
  ['DECRYPTION', columns(DECRYPTION)],
  ['START', columns(TUNNEL)],
  ['END', columns(TUNNEL)],
  ['TUNNEL', columns(TUNNEL)],
  ['GTP', columns(GTP)],
  ['SCTP', columns(SCTP)],
  ['SYSTEM', columns(SYSTEM)],
  ['CONFIG', columns(CONFIG)],
  ['GLOBALPROTECT', columns(GLOBALPROTECT)],
  ['USERID', columns(USERID)],
  ['IPTAG', columns(IPTAG)],
  ['HIPMATCH', columns(HIPMATCH)],
  ['HIP-MATCH', columns(HIPMATCH)],
  ['AUTHENTICATION', columns(AUTHENTICATION)],
  ['AUTH', columns(AUTHENTICATION)],
  ['CORRELATION', columns(CORRELATION)],
]);
