import type { Database } from '@/lib/db/connection';
import { ruleSha256, ruleTitle } from '@/lib/detections/catalogue';
import { judgeMute } from '@/lib/detections/judge';
import type { MuteSubject } from '@/lib/detections/model/subject';
import type { Finding } from '@/lib/findings/model/concern';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { closedTicketsIn } from '@/lib/linking/closed-tickets';
import type { Mute } from '../model/routing/mute';
import { heldBy, mutesEnded, mutesStanding, writeLifted } from '../store/alert/mute-rows';

/**
 * Lifts mutes whose end has come, and finds those that outlive their reason: the ticket it names is closed while the mute
 * still holds alerts back. Both become findings that cannot be muted. Safe to repeat; to be called before `routeFindings`.
 */
export async function liftPastMutes(
  db: Database,
  of: { readonly orgId: string; readonly now: Date },
): Promise<{ readonly lifted: readonly string[]; readonly found: readonly Finding[] }> {
  const { orgId, now } = of;
  return db.transaction(async (sql) => {
    const ended = await mutesEnded(sql, orgId, now);
    const past: { mute: Mute; why: MuteSubject['past'] }[] = ended.map((mute) => ({
      mute,
      why: { why: 'ended', ticket: null, at: mute.until },
    }));
    for (const mute of await mutesStanding(sql, orgId, now)) {
      const [closed] = await closedTicketsIn(sql, { orgId, text: mute.reason });
      // A ticket that was closed before somebody gave it as the reason outlived nothing.
      if (closed !== undefined && closed.at > mute.since)
        past.push({ mute, why: { why: 'ticket_closed', ticket: closed.key, at: closed.at } });
    }
    for (const mute of ended)
      await writeLifted(sql, { id: mute.id, at: now, by: 'Tallystick', because: 'Its end has come.' });
    const concerns = [];
    for (const { mute, why } of past) {
      const held = await heldBy(sql, mute.id);
      // What ended and held nothing back needs nobody's eyes.
      if (why.why === 'ended' && held === 0) continue;
      concerns.push(...judgeMute({ ...mute, ruleTitle: ruleTitle(mute.rule), held, past: why }));
    }
    const found = await raiseFindings(sql, { orgId, concerns, ruleSha256Of: ruleSha256, now });
    return { lifted: ended.map((mute) => mute.id), found };
  });
}
