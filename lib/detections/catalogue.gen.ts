import type { Resident } from './model/rule';
import addressFlagged from './rules/address-flagged';
import auditFeedOff from './rules/audit-feed-off';
import boundaryCross from './rules/boundary-cross';
import collectorSilent from './rules/collector-silent';
import divisionMove from './rules/division-move';
import genesysStaff from './rules/genesys-staff';
import ghostAdmin from './rules/ghost-admin';
import highRiskAdHoc from './rules/high-risk-ad-hoc';
import massOauth from './rules/mass-oauth';
import mutePastReason from './rules/mute-past-reason';
import pipelineBypass from './rules/pipeline-bypass';
import restrictedMove from './rules/restricted-move';
import selfGrant from './rules/self-grant';
import selfMove from './rules/self-move';
import unauditedMove from './rules/unaudited-move';

// Made by `node --import tsx lib/testing/house/detection-catalogue.ts`; a test keeps it fresh.
export const RESIDENTS: readonly Resident[] = [
  { rule: addressFlagged, sha256: '3264765fc2a1afb10401484d37be0e9802a8f0ce3e5c8b4ceeaa51335905e734' },
  { rule: auditFeedOff, sha256: '53f1aa9e27726493e9a628cc0b134fe274c02e32dff107ab0c0fb38d6f67fce3' },
  { rule: boundaryCross, sha256: '5c61d349fd7dccb55ba916288d98d2919d5a6c33bbe6234829d588e67ee35892' },
  { rule: collectorSilent, sha256: 'ade6ee23abd26f36bab61436f25b63aea0853af5ba548fd2a264cf0180091841' },
  { rule: divisionMove, sha256: '496cc10b218fc9ed679ffd77359c1957e7321aa1f7e7c6d843ac0e76f7b8e086' },
  { rule: genesysStaff, sha256: '1a26b24661a20a68329a3de707bdcd13aba2ccbd2156a979fa579c463c92168e' },
  { rule: ghostAdmin, sha256: '4c226d3f759172eaf484000024111513c8e9242298545e5601b93e455be6c884' },
  { rule: highRiskAdHoc, sha256: '00b192c5d9143dad7901841f14932d224b633c90486e68426fdd8af881b7c865' },
  { rule: massOauth, sha256: 'bcd2c8384f0b8750e7a02e34d406d2440d8273783f742384a34ef90502b669c4' },
  { rule: mutePastReason, sha256: '6674c8ee6ab20bcd357be12e321a643f676bb7873f31e173ba43b2cfca1b6cdd' },
  { rule: pipelineBypass, sha256: '2d39c7d43c7f30d2ba0bf06a1a999c0246b26057da80a2fd3efd0e726960b38f' },
  { rule: restrictedMove, sha256: 'c3c0e134d304431021c39aded1a711d039e622128ee96368d48777d171c4ae8a' },
  { rule: selfGrant, sha256: '2b61701a26aa52266b8815f009a510b99ec67c1385dea74fafd91680fb866810' },
  { rule: selfMove, sha256: '737006abeeec523b8fccfe39cf9ff8bc1b1a8200326b9b38ddfc29ac336aab14' },
  { rule: unauditedMove, sha256: 'db4013fdd6504062553ba1b806219e6de810c27b81471f3d45656f0a3ec90b3e' },
];
