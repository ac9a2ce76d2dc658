-- Hours that were read and are not complete yet: few, near the edge; what the trust line's "complete to" asks for.
create index coverage_hour_open on coverage_hour (org_id, source, hour) where state in ('pending', 'provisional');
