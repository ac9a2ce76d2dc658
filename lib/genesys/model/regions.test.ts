import platformClient from 'purecloud-platform-client-v2';
import { describe, expect, it } from 'vitest';
import { domainOfRegion, REGION_DOMAINS, REGIONS } from './regions';

describe('regions', () => {
  it('are exactly those the platform’s own SDK knows', () => {
    const ofSdk = Object.entries(platformClient.PureCloudRegionHosts).map(([name, domain]) => [
      name.replaceAll('_', '-'),
      domain,
    ]);
    expect(Object.fromEntries(ofSdk)).toEqual(REGION_DOMAINS);
  });

  it('are found by name and by domain, in any case', () => {
    expect(domainOfRegion(' EU-West-1 ')).toBe('mypurecloud.ie');
    expect(domainOfRegion('mypurecloud.com.au')).toBe('mypurecloud.com.au');
    expect(domainOfRegion('mypurecloud.example')).toBeNull();
    expect(REGIONS).toHaveLength(18);
  });
});
