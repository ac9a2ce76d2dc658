import { describe, expect, it } from 'vitest';
import { fieldError, shownValue, sourceBody } from './source-fields';

describe('the form of a source', () => {
  it('sends what is filled in, secrets apart from the rest', () => {
    expect(
      sourceBody('genesys', {
        name: ' Northwind ',
        region: 'mypurecloud.ie',
        gatewayUrl: '',
        clientId: 'abc',
        clientSecret: ' s ',
      }),
    ).toEqual({
      name: 'Northwind',
      config: { region: 'mypurecloud.ie', clientId: 'abc' },
      secrets: { clientSecret: ' s ' },
    });
  });

  it('leaves an empty secret as it was set before', () => {
    expect(
      sourceBody('jira', {
        name: 'Jira',
        baseUrl: 'https://jira.example.com',
        email: 'a@example.com',
        apiToken: '',
      }),
    ).not.toHaveProperty('secrets');
  });

  it('reads lists line by line and shows them so', () => {
    const { config } = sourceBody('git', {
      name: 'Code',
      repositories: 'https://git.example.com/a.git\n\n git@git.example.com:b.git ',
    });
    expect(config.repositories).toEqual(['https://git.example.com/a.git', 'git@git.example.com:b.git']);
    expect(shownValue(config.repositories)).toBe('https://git.example.com/a.git\ngit@git.example.com:b.git');
  });

  it('shows a complaint at its field, and at its line of a list', () => {
    expect(fieldError({ 'config.clientId': 'is empty' }, 'clientId')).toBe('is empty');
    expect(fieldError({ 'config.repositories.1': 'is no address' }, 'repositories')).toBe(
      'Line 2 is no address',
    );
    expect(fieldError({}, 'clientId')).toBeNull();
  });
});
