package org.alsfhir.hapi;

import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The RESTful interface over the storage, at {@code /fhir}. */
@Configuration
class Endpoint {

  @Bean
  RestfulServer fhirServer(
      IFhirSystemDao<?, ?> system,
      IJpaSystemProvider systemProvider,
      ResourceProviderFactory resourceProviders,
      BulkDataExportProvider bulkExport,
      ValueSetOperationProvider valueSets,
      DatabaseBackedPagingProvider paging) {
    RestfulServer server = new RestfulServer(system.getContext());
    server.registerProviders(resourceProviders.createProviders());
    server.registerProviders(systemProvider, bulkExport, valueSets);
    server.setPagingProvider(paging);
    server.setDefaultResponseEncoding(EncodingEnum.JSON);
    return server;
  }

  @Bean
  JpaCapabilityStatementProvider capabilityStatement(
      RestfulServer server,
      IFhirSystemDao<?, ?> system,
      JpaStorageSettings settings,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation) {
    JpaCapabilityStatementProvider provider =
        new JpaCapabilityStatementProvider(server, system, settings, searchParameters, validation);
    provider.setImplementationDescription("alsfhir demo and tests");
    return provider;
  }

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(
      RestfulServer server, JpaCapabilityStatementProvider capabilities) {
    server.setServerConformanceProvider(capabilities);
    ServletRegistrationBean<RestfulServer> servlet = new ServletRegistrationBean<>(server, "/fhir/*");
    // Loaded with the application, not at the first request, so that answering means being ready.
    servlet.setLoadOnStartup(1);
    return servlet;
  }
}
