import { uuidOf } from './chance.ts';
import { DAY, isoMillis } from './clock.ts';
import type { World } from './shapes.ts';

/** The compliance settings of contract section 6, by the key under which the settings routes serve them. */
export function plantSettings(world: World): void {
  const { settings, seed, anchor } = world;
  settings.set('authentication', {
    multifactorAuthenticationRequired: true,
    domainAllowlistEnabled: false,
    domainAllowlist: [],
    ipAddressAllowlist: ['198.51.100.0/24', '203.0.113.0/24'],
    passwordRequirements: {
      minimumLength: 12,
      minimumDigits: 1,
      minimumLetters: 1,
      minimumUpper: 1,
      minimumLower: 1,
      minimumSpecials: 1,
      minimumAgeSeconds: 86_400,
      expirationDays: 90,
    },
    inactivityTimeoutExclusions: [],
    universalLogout: true,
    tokenStorageLocation: 'LocalStorage',
  });
  settings.set('tokenTimeout', {
    enableIdleTokenTimeout: true,
    idleTokenTimeoutSeconds: 900,
    inactivityTimeoutUnit: 'MINUTES',
    inactivityTimeoutGroupsEnabled: false,
    inactivityTimeoutGroupBundles: [],
  });
  settings.set('ipAddressAuthentication', { networkWhitelist: ['198.51.100.0/24'] });
  settings.set('identityProviders', [
    {
      id: 'okta',
      name: 'okta',
      disabled: false,
      issuerURI: 'https://idp.northwind.example.test/saml',
      ssoTargetURI: 'https://idp.northwind.example.test/saml/sso',
      certificates: ['MIIBsandboxcertificate'],
      signAuthnRequests: true,
      forceAuthn: false,
      selfUri: '/api/v2/identityproviders/okta',
    },
  ]);
  settings.set('recordingSettings', {
    maxSimultaneousStreams: 1,
    regionalRecordingStorageEnabled: true,
    recordingPlaybackUrlTtl: 30,
    recordingBatchDownloadUrlTtl: 30,
    stopRecordingWhenOnlyExternalParticipants: true,
  });
  settings.set('keyConfigurations', [
    {
      id: uuidOf(seed, 'key-configuration/kms'),
      keyConfigurationType: 'KmsSymmetric',
      url: 'arn:aws:kms:eu-west-1:111122223333:key/northwind',
      apiKey: 'must-be-stripped',
      lastError: null,
      selfUri: '/api/v2/recording/keyconfigurations',
    },
  ]);
  settings.set('recordingKeys', [
    {
      id: uuidOf(seed, 'recording-key/1'),
      createDate: isoMillis(anchor - 12 * DAY),
      keydataSummary: 'sandbox',
      keyConfigurationType: 'KmsSymmetric',
      kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/northwind',
      user: { id: uuidOf(seed, 'user/Hamza Qureshi') },
    },
    {
      id: uuidOf(seed, 'recording-key/2'),
      createDate: isoMillis(anchor - 42 * DAY),
      keydataSummary: 'sandbox',
      keyConfigurationType: 'KmsSymmetric',
      kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/northwind',
      user: { id: uuidOf(seed, 'user/Hamza Qureshi') },
    },
  ]);
  settings.set('rotationSchedule', {
    period: 'MONTHLY',
    selfUri: '/api/v2/recording/recordingkeys/rotationschedule',
  });
  settings.set('mediaRetentionPolicies', [
    {
      id: uuidOf(seed, 'retention/default'),
      name: 'Keep calls 180 days',
      enabled: true,
      order: 1,
      conditions: { mediaTypes: ['CALL'] },
      actions: {
        retainRecording: true,
        deleteRecording: false,
        alwaysDelete: false,
        retentionDuration: {
          archiveRetention: { days: 90, storageMedium: 'CLOUDARCHIVE' },
          deleteRetention: { days: 180 },
        },
      },
      policyErrors: { policyErrorMessages: [] },
    },
  ]);
  settings.set('limits', { 'client.credentials.token.rate.per.minute': 300 });
}
