import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectsInDiff } from './objects-in-diff';

const A = 'c0000000-0000-4000-8000-00000000000a';
const B = 'c0000000-0000-4000-8000-00000000000b';
const DIVISION = 'd0000000-0000-4000-8000-00000000000d';

function diff(path: string, lines: string[], hunk = '@@ -1,5 +1,5 @@'): string {
  return [
    `diff --git a/${path} b/${path}`,
    'index 1..2 100644',
    `--- a/${path}`,
    `+++ b/${path}`,
    hunk,
    ...lines,
  ].join('\n');
}

describe('what a diff touches', () => {
  it('R14: a block with a changed line is touched, one that only stands beside it is not', () => {
    const text = diff('queues.tf', [
      ' resource "genesyscloud_routing_queue" "sales" {',
      '   name = "EMEA Sales"',
      '-  acw = 1',
      '+  acw = 2',
      ' }',
      ' ',
      ' resource "genesyscloud_routing_queue" "support" {',
      '   name = "EMEA Support"',
      ' }',
    ]);
    expect(objectsInDiff(text).objects).toEqual([
      {
        resourceType: 'genesyscloud_routing_queue',
        entityTypes: ['Queue'],
        label: 'sales',
        names: ['EMEA Sales'],
        ids: [],
      },
    ]);
  });

  it('a renamed object has both names, a computed name is none', () => {
    const renamed = diff('q.tf', [
      ' resource "genesyscloud_routing_queue" "x" {',
      '-  name = "Old \\"one\\""',
      '+  name = "New one"',
      ' }',
    ]);
    expect(objectsInDiff(renamed).objects[0]?.names).toEqual(['Old "one"', 'New one']);
    const computed = diff('q.tf', [
      ' resource "genesyscloud_routing_queue" "x" {',
      `+  name = "$${'{'}var.region} Sales"`,
      '+  description = "name"',
      ' }',
    ]);
    expect(objectsInDiff(computed).objects[0]?.names).toEqual([]);
  });

  it('the id of an object is its own, not one it refers to; names of inner blocks are not the object’s', () => {
    const text = diff('q.tf', [
      ' resource "genesyscloud_routing_queue" "x" {',
      `   # id: ${A}`,
      `+  division_id = "${DIVISION}"`,
      '   bullseye {',
      '     name = "inner"',
      '   }',
      ' }',
    ]);
    expect(objectsInDiff(text)).toMatchObject({ objects: [{ ids: [A], names: [] }], looseIds: [DIVISION] });
  });

  it('the head of a block may stand in the hunk’s header alone', () => {
    const text = diff(
      'q.tf',
      ['   name = "EMEA Sales"', '-  acw = 1', '+  acw = 2', ' }'],
      '@@ -10,4 +10,4 @@ resource "genesyscloud_routing_queue" "sales" {',
    );
    expect(objectsInDiff(text).objects).toMatchObject([{ label: 'sales', names: ['EMEA Sales'] }]);
  });

  it('added and deleted files name their objects, import blocks give them their ids', () => {
    const added = [
      'diff --git a/q.tf b/q.tf',
      'new file mode 100644',
      '--- /dev/null',
      '+++ b/q.tf',
      '@@ -0,0 +1,8 @@',
      '+resource "genesyscloud_user" "dana" {',
      '+  email = "dana@example.com"',
      '+}',
      '+import {',
      '+  to = genesyscloud_user.dana',
      `+  id = "${B}"`,
      '+}',
    ].join('\n');
    expect(objectsInDiff(added).objects).toEqual([
      {
        resourceType: 'genesyscloud_user',
        entityTypes: ['User', 'AgentRoutingInfo'],
        label: 'dana',
        names: ['dana@example.com'],
        ids: [B],
      },
    ]);
  });

  it('data blocks look things up and change nothing; a flow’s file names the flow', () => {
    expect(
      objectsInDiff(
        diff('d.tf', [' data "genesyscloud_routing_queue" "x" {', '+  name = "EMEA Sales"', ' }']),
      ).objects,
    ).toEqual([]);
    expect(
      objectsInDiff(
        diff('flows/menu.yaml', [
          ' inboundCall:',
          "   name: 'Main: menu'",
          '-  startUpRef: a',
          '+  startUpRef: b',
        ]),
      ).objects,
    ).toMatchObject([{ resourceType: 'flow', names: ['Main: menu'] }]);
    expect(objectsInDiff(diff('values.yaml', [' settings:', '+  name: x'])).objects).toEqual([]);
  });

  it('whatever comes in, it answers', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'diff --git a/x b/x',
        '--- a/x.tf',
        '+++ b/x.tf',
        '@@ -1 +1 @@',
        '+resource "genesyscloud_flow" "y" {',
        '+}',
        ' }',
        '-  name = "z"',
        'import {',
      ),
    );
    fc.assert(fc.property(fc.array(piece), (lines) => void objectsInDiff(lines.join('\n'))));
  });
});
