import { uuidOf } from './chance.ts';
import { TABLES, TRUNKS } from './names.ts';
import type { World } from './shapes.ts';
import { ALWAYS } from './timeline.ts';

type Instance = { value: { instance: unknown } };

/** Trunks, trunk bases, integrations, data actions, data tables, edge groups and sites. */
export function plantEquipment(world: World): void {
  plantTrunks(world);
  plantIntegrations(world);
  for (const name of TABLES) put(world, 'dataTables', 'table', name);
  for (const name of ['EMEA Edges', 'US Edges']) put(world, 'edgeGroups', 'edge-group', name);
  for (const name of ['Madrid', 'Dublin', 'Dallas']) put(world, 'sites', 'site', name);
}

function plantTrunks(world: World): void {
  const bases: [string, Record<string, Instance>][] = [
    [
      'BYOC EMEA',
      {
        trunk_transport_protocolVariant: instance('tls'),
        trunk_media_srtpCipherSuites: instance(['AES_CM_128_HMAC_SHA1_80']),
        trunk_recording_enabled: instance(true),
        trunk_access_acl_allowList: instance(['198.51.100.0/24']),
        trunk_enabled: instance(true),
      },
    ],
    [
      'BYOC US',
      {
        trunk_transport_protocolVariant: instance('tls'),
        trunk_media_srtpCipherSuites: instance(['AES_CM_256_HMAC_SHA1_80']),
        trunk_recording_enabled: instance(true),
        trunk_enabled: instance(true),
      },
    ],
    [
      'BYOC Legacy',
      {
        trunk_transport_protocolVariant: instance('udp'),
        trunk_media_srtpCipherSuites: instance([]),
        trunk_enabled: instance(true),
      },
    ],
    ['Managed cloud trunk', { trunk_enabled: instance(true) }],
  ];
  for (const [name, properties] of bases) {
    const id = uuidOf(world.seed, `trunk-base/${name}`);
    const managed = name.startsWith('Managed');
    world.trunkBases.set(id, ALWAYS, {
      id,
      name,
      state: 'active',
      body: {
        trunkType: 'EXTERNAL',
        managed,
        version: 3,
        trunkMetabase: { id: 'external_sip_pcv_byoc_carrier.json' },
        properties,
      },
    });
  }
  for (const name of TRUNKS) {
    const id = uuidOf(world.seed, `trunk/${name}`);
    const base = name === 'SBC-Legacy' ? 'BYOC Legacy' : name.includes('Dallas') ? 'BYOC US' : 'BYOC EMEA';
    world.trunks.set(id, ALWAYS, {
      id,
      name,
      trunkType: 'EXTERNAL',
      baseId: uuidOf(world.seed, `trunk-base/${base}`),
      inService: true,
    });
  }
}

function plantIntegrations(world: World): void {
  for (const [name, type] of [
    ['Customer records', 'custom-rest-actions'],
    ['EventBridge', 'amazon-eventbridge-source'],
    ['Chat widget', 'embedded-client-app'],
  ]) {
    const id = uuidOf(world.seed, `integration/${name}`);
    world.integrations.set(id, ALWAYS, {
      id,
      name: name ?? '',
      body: { integrationType: { id: type, name: type }, intendedState: 'ENABLED', notes: '' },
    });
  }
  const actions: [string, string, boolean][] = [
    ['Lookup customer (audited)', 'https://proxy.northwind.example.test/v1/lookup', true],
    ['Lookup order', 'https://orders.northwind.example.test/v1/orders/$!{input.orderId}', false],
    ['Legacy loyalty points', 'http://loyalty.northwind.example.test/points', false],
  ];
  for (const [name, url, secure] of actions) {
    const id = uuidOf(world.seed, `action/${name}`);
    const config = {
      timeoutSeconds: 15,
      request: {
        requestUrlTemplate: url,
        requestTemplate: '$!{input.rawRequest}',
        requestType: secure ? 'POST' : 'GET',
        headers: { 'Cache-Control': 'no-store' },
      },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: '$!{rawResult}' },
    };
    world.actions.set(id, ALWAYS, {
      id,
      name,
      body: {
        integrationId: uuidOf(world.seed, 'integration/Customer records'),
        category: 'Customer records',
        secure,
        version: 2,
        config,
      },
    });
  }
}

function instance(value: unknown): Instance {
  return { value: { instance: value } };
}

function put(world: World, kind: 'dataTables' | 'edgeGroups' | 'sites', prefix: string, name: string): void {
  const id = uuidOf(world.seed, `${prefix}/${name}`);
  world[kind].set(id, ALWAYS, { id, name, state: 'active' });
}
