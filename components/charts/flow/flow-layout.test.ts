import { describe, expect, it } from 'vitest';
import { type Flow, layFlows } from './flow-layout';

const flow = (from: string, to: string, count: number): Flow => ({ from, to, count });
const sum = (list: readonly { count: number }[]) => list.reduce((total, one) => total + one.count, 0);

describe('the picture of who moved from where to where', () => {
  it('each side holds every move once, the largest first', () => {
    const picture = layFlows([flow('A', 'B', 3), flow('A', 'C', 1), flow('B', 'A', 9)], 'others');
    expect(picture.left.map((node) => [node.name, node.count])).toEqual([
      ['B', 9],
      ['A', 4],
    ]);
    expect(sum(picture.left)).toBe(13);
    expect(sum(picture.right)).toBe(13);
    expect(sum(picture.ribbons)).toBe(13);
  });

  it('many names: the smaller ones of each side stand together, last, and nothing is lost', () => {
    const many = Array.from({ length: 30 }, (_, n) => flow(`from ${n}`, `to ${n}`, 30 - n));
    const picture = layFlows([...many, flow('others', 'others', 5)], 'others');
    expect(picture.left).toHaveLength(8);
    expect(picture.left.at(-1)?.name).toBe('others');
    expect(sum(picture.left)).toBe(sum(many) + 5);
    expect(sum(picture.right)).toBe(sum(many) + 5);
  });

  it('labels never overlap, and ribbons stay within the bars of their names', () => {
    const picture = layFlows([flow('A', 'B', 500), flow('C', 'B', 1), flow('D', 'E', 1)], 'others');
    const tops = picture.left.map((node) => node.top + node.slot / 2);
    for (const [index, at] of tops.entries()) {
      if (index > 0) expect(at - (tops[index - 1] ?? 0)).toBeGreaterThanOrEqual(18);
    }
    for (const ribbon of picture.ribbons) {
      const node = picture.left.find((one) => one.name === ribbon.from);
      expect(ribbon.y1).toBeGreaterThanOrEqual(node?.top ?? 0);
      expect(ribbon.y1).toBeLessThanOrEqual((node?.top ?? 0) + (node?.slot ?? 0));
    }
    expect(layFlows([], 'others').height).toBe(0);
  });
});
