import type { DriftResident } from './model/drift-rule';
import breakGlassUsed from './model/rules/break-glass-used';
import divisionDiffers from './model/rules/division-differs';
import dormantPrivileged from './model/rules/dormant-privileged';
import dutiesConflict from './model/rules/duties-conflict';
import inactiveEmployed from './model/rules/inactive-employed';
import leaverActive from './model/rules/leaver-active';
import movedKeptRights from './model/rules/moved-kept-rights';
import orphanedClient from './model/rules/orphaned-client';
import outsideRoleRule from './model/rules/outside-role-rule';
import privilegedBeyondPolicy from './model/rules/privileged-beyond-policy';
import promotedKeptRole from './model/rules/promoted-kept-role';
import roleBeyondPolicy from './model/rules/role-beyond-policy';
import unknownToHr from './model/rules/unknown-to-hr';

// Made by `node --import tsx lib/testing/house/drift-catalogue.ts`; a test keeps it fresh.
export const DRIFT_RESIDENTS: readonly DriftResident[] = [
  { rule: breakGlassUsed, sha256: '0d473034690ce4f29cb5159cc0990a39047f1020c91ae93753205bdb78e7a734' },
  { rule: divisionDiffers, sha256: 'f66327bd1f55763195e3a0ecb7af3a49ee7844cf1ea0d16f7bceb44fead78a9d' },
  { rule: dormantPrivileged, sha256: '3f21038ed5ca035c7e2a72750b83ecf181db445ff06ae7b554bfd09cb734c1ff' },
  { rule: dutiesConflict, sha256: 'e5b5209997b295fce6a18778d59708f6f445b86e2bfedff41980a65933e44dfe' },
  { rule: inactiveEmployed, sha256: '99306e0ed729b7b1b9719370bfff62b90e7b3c7dbbceb37a200df1493d6ef421' },
  { rule: leaverActive, sha256: 'afc0220582c8b8ddc454b6453f1d8645f664087caf5b23c60d48bf4580c21c69' },
  { rule: movedKeptRights, sha256: 'd853ccdc498cedf35b108cab401e255206de314463af2325690890e7320dcf49' },
  { rule: orphanedClient, sha256: 'bd8dbb0b73bb9091ba6dc9b5ff5021533b408bd938147c9337876cf505d096be' },
  { rule: outsideRoleRule, sha256: '4144151bc43b344a846b214da3bc06b26fcd544f54d2b80bfe66b1410064fd3a' },
  {
    rule: privilegedBeyondPolicy,
    sha256: '926a51868979d20228318146cb53613612da77c76feb38608a8dad1ea46aafa4',
  },
  { rule: promotedKeptRole, sha256: '338ab2345975207225675b566ee8941de2d89fa63dcc9a4088b185e018909223' },
  { rule: roleBeyondPolicy, sha256: 'dbbf8d2c8c16dea873bc9d18f2a3ea6d950b4de1d9692752be24b878271afa16' },
  { rule: unknownToHr, sha256: 'e61a8ed73bfee165e77b9d9ab86d31f3ccda5dae92dadb824e0bd45712d2e25e' },
];
