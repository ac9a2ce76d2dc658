import { DetectionList } from './detection-list';
import { RuleList } from './rule-list';

export function RulesPage() {
  return (
    <div className="flex flex-col gap-10">
      <RuleList />
      <DetectionList />
    </div>
  );
}
