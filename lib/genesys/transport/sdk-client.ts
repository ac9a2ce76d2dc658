import platformClient, { type ApiClientClass } from 'purecloud-platform-client-v2';
import { GenesysError } from '../model/errors';
import { domainOfRegion, REGIONS } from '../model/regions';
import { RawHttpClient } from './raw-http-client';

export type SdkOptions = {
  readonly region?: string;
  readonly gatewayUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** One SDK client of its own: never the SDK's singleton, which all tenants would share. Throws `bad_configuration`. */
export function newApiClient(options: SdkOptions, requestTimeoutMs: number): ApiClientClass {
  const sdk = new platformClient.ApiClientClass();
  // A file in the home directory may have been read by now: nothing of it may stay, least of all its log, which holds tokens.
  sdk.config.live_reload_config = false;
  sdk.config.logger.log_level = sdk.config.logger.logLevelEnum.level.LNone;
  sdk.config.logger.log_file_path = '';
  sdk.config.logger.setLogger();
  sdk.config.refresh_access_token = false;
  sdk.setReturnExtendedResponses(true);
  sdk.setHttpClient(new RawHttpClient(requestTimeoutMs));
  if (options.clientId === '' || options.clientSecret === '')
    throw badConfiguration(
      'client id or secret is empty',
      'Set GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.',
    );
  if (options.gatewayUrl !== undefined) {
    const gateway = readGateway(options.gatewayUrl);
    sdk.setGateway(gateway);
    return sdk;
  }
  const domain = domainOfRegion(options.region ?? '');
  if (domain === null)
    throw badConfiguration('the region is unknown', `Known regions: ${REGIONS.join(', ')}.`);
  delete sdk.config.gateway;
  sdk.setEnvironment(domain);
  return sdk;
}

function readGateway(text: string): Parameters<ApiClientClass['setGateway']>[0] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    (url.protocol !== 'http:' && url.protocol !== 'https:') ||
    url.search !== '' ||
    url.username !== ''
  )
    throw badConfiguration(
      'the gateway address is no http(s) URL',
      'Write it as https://host[:port][/path], without user name and query.',
    );
  const path = url.pathname.replace(/\/+$/, '');
  return {
    host: url.hostname,
    protocol: url.protocol.slice(0, -1),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(path === '' ? {} : { path_params_login: path, path_params_api: path }),
  };
}

function badConfiguration(why: string, hint: string): GenesysError {
  return new GenesysError({
    code: 'bad_configuration',
    message: `cannot connect to Genesys Cloud: ${why}`,
    hint,
  });
}
