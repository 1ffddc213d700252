"""A service of decision support made with HealthChain, whose code knows nothing of ours: python healthchain_service.py PORT"""

import sys

import uvicorn
from fastapi import FastAPI
from healthchain.gateway.cds import CDSHooksConfig, CDSHooksService
from healthchain.models.responses.cdsresponse import Card, CDSResponse, IndicatorEnum, Source

service = CDSHooksService(config=CDSHooksConfig(base_path="", discovery_path="/cds-services"), use_events=False)


@service.hook("patient-view", id="greeting", title="Greeting", description="Says whose chart is open.")
def greet(request):
    """One card about whoever it is."""
    summary = f"The chart of {request.context.patientId} is open"
    return CDSResponse(cards=[Card(summary=summary, indicator=IndicatorEnum.info, source=Source(label="HealthChain"))])


app = FastAPI()
app.include_router(service)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
