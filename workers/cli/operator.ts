import os from 'node:os';
import { operatorViewer, type Viewer } from '@/lib/auth/viewer';
import type { JournalActor } from '@/lib/kernel/actor';
import type { Product } from '../wiring/product';

/** Who acts at the command line, as the journal names them: the login of the machine. */
export function operatorActor(): JournalActor {
  return { kind: 'operator', id: null, name: `Command line (${os.userInfo().username})` };
}

/** The command line as a viewer of every connected organisation. */
export async function operatorOf(product: Product): Promise<Viewer> {
  const rows = await product.db.sql.query<{ org_id: string }>('select org_id::text from org order by org_id');
  return operatorViewer(rows.map((row) => row.org_id));
}
