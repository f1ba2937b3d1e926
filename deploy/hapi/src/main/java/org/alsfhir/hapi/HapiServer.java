package org.alsfhir.hapi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;

/**
 * A FHIR server for the demo and the tests: HAPI FHIR over H2, without users and rights, for one
 * machine only.
 *
 * <p>The exclusions: HAPI brings these three libraries along and sets up by itself what it needs of
 * them; Spring Boot would set them up a second time.
 */
@SpringBootApplication(
    exclude = {
      ElasticsearchRestClientAutoConfiguration.class,
      QuartzAutoConfiguration.class,
      ThymeleafAutoConfiguration.class
    })
public class HapiServer {

  public static void main(String[] arguments) {
    SpringApplication.run(HapiServer.class, arguments);
  }
}
