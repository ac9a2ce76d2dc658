import accessSegregation from './entries/access-segregation';
import changeManagement from './entries/change-management';
import dataActions from './entries/data-actions';
import dataBoundary from './entries/data-boundary';
import eventLogging from './entries/event-logging';
import evidenceHandling from './entries/evidence-handling';
import ipAllowList from './entries/ip-allow-list';
import keyRotation from './entries/key-rotation';
import logRetention from './entries/log-retention';
import multiFactor from './entries/multi-factor';
import oauthClients from './entries/oauth-clients';
import passwordPolicy from './entries/password-policy';
import privilegedAccess from './entries/privileged-access';
import recordingEncryption from './entries/recording-encryption';
import recordingRetention from './entries/recording-retention';
import reviewTimeliness from './entries/review-timeliness';
import roleDrift from './entries/role-drift';
import sessionTimeout from './entries/session-timeout';
import singleSignOn from './entries/single-sign-on';
import trunkEncryption from './entries/trunk-encryption';
import userRegistration from './entries/user-registration';
import type { ResidentControl } from './model/control';

// Made by `node --import tsx lib/testing/house/control-catalogue.ts`; a test keeps it fresh.
export const RESIDENTS: readonly ResidentControl[] = [
  { control: accessSegregation, sha256: 'd14b3b0aa8e1a39cd0ccb681bd14f20006ecaf389a0609f8bce96e219e64efb9' },
  { control: changeManagement, sha256: '2228f8eee68889d8018bb4a9926dde34192e4b996092c0b5b1c1f5e91444d059' },
  { control: dataActions, sha256: '9cb1ccb3e89337055f65c4e97b62279b85e3b00c291b72ed1a37ababe210006a' },
  { control: dataBoundary, sha256: 'f65439b2d2f4648116e7e1838b9566053346d73731bdb6f94920d6b74236c7fc' },
  { control: eventLogging, sha256: 'b9801b8ffb6b8a6545048a9bd22ab1ec265d2c1aac8e456c3bc1ad3a1a299f79' },
  { control: evidenceHandling, sha256: '25a4bf534ec13614bfd0ba2b43dc3d3aba8fef9bb73dd9bb5f9747492c228a02' },
  { control: ipAllowList, sha256: '47c32e9863db73cb6af9f497c885c87e81dd71581c752493f97c2f1d12eca911' },
  { control: keyRotation, sha256: 'e6a24783f64c900a9e59b85c9250527d7033d005323848ae92086b7784c92561' },
  { control: logRetention, sha256: '79b185c5808bb761d6c79070489d9c75da1dcb0ecf76bb96d018e57be12a83dc' },
  { control: multiFactor, sha256: 'd29acdf80fcf206b142b3f80673b06b647f59de16be633ade327b30b794479d3' },
  { control: oauthClients, sha256: 'ed149e86f78f494ea04d35d8cf2b8980de8e99786dae131d46982bf4d6584b29' },
  { control: passwordPolicy, sha256: 'a89889bc4df44a45da0b5e8d29ae282857254a21ada8854fb25f1fb11dbb921f' },
  { control: privilegedAccess, sha256: '1e79d98656f2d6eae9381629f0b080c98977a9a94faf8cd6cd5ce512d7e21d50' },
  {
    control: recordingEncryption,
    sha256: '75d2d9ba8250c2370478143d08b63d1047a5225a3a1eca47ab091ef1df0f0206',
  },
  { control: recordingRetention, sha256: '368d887d0eb49e4befd33f460f7d79b03b2e9ae2d6ab569e171a4f513d1c8754' },
  { control: reviewTimeliness, sha256: 'ba1e84de8159db9b078a0ef47e11cf39328ec93594f9c4636322bb2e086f4ddf' },
  { control: roleDrift, sha256: '51e4d4a643c90fd4a8c5acf883022ff5091dfef34409116c8947db1a3447ad47' },
  { control: sessionTimeout, sha256: 'b4ba365c7d8fe0e8f68ad3a0282590ecd5cfe6e2327928b75cae56617e160940' },
  { control: singleSignOn, sha256: '121c76d9cf85a51585e475fe1c7c383d7ef1f049489011d044ec8bc3c2da9635' },
  { control: trunkEncryption, sha256: '0e6099c9548723d8a49457ee27faf1e909f9e0dedc70d10d43f517c9dfaec0ef' },
  { control: userRegistration, sha256: 'f92d48cc8a1217b54db41412c134a575e78e1ae26a1649fddf9ee49561c8f045' },
];
